/** Keeps the vectors of glossary terms in a file between starts: making them takes a minute, reading them a moment. */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { TokenVectors } from "../model/chunk.ts";

interface Entry {
  readonly term: string;
  readonly count: number;
  readonly dimensions: number;
  readonly scale: number;
}

/** First bytes of the file; another layout gets another number. */
const magic = "nonmun-terms-1\n";

/**
 * The vectors in the file. A file that is missing, cut off or of another layout is no error: the vectors are then made
 * again, and the file with them.
 */
export async function readTermVectors(path: string): Promise<ReadonlyMap<string, TokenVectors>> {
  try {
    return decode(await readFile(path));
  } catch {
    // As said above: nothing is lost but time.
    return new Map();
  }
}

/**
 * Replaces the file as a whole, so that a reader never sees a part.
 *
 * @throws the file system's error when the folder can't be written to.
 */
export async function writeTermVectors(
  path: string,
  vectors: ReadonlyMap<string, TokenVectors>,
): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(partial, encode(vectors));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

function encode(vectors: ReadonlyMap<string, TokenVectors>): Buffer {
  const header: Entry[] = [...vectors].map(([term, { count, dimensions, scale }]) => {
    return { term, count, dimensions, scale };
  });
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const bodies = [...vectors.values()].flatMap(({ ids, offsets, values }) => [
    bytesOf(ids),
    bytesOf(offsets),
    bytesOf(values),
  ]);
  return Buffer.concat([Buffer.from(magic), length, json, ...bodies]);
}

function decode(file: Buffer): ReadonlyMap<string, TokenVectors> {
  if (file.toString("latin1", 0, magic.length) !== magic) return new Map();
  let at = magic.length + 4;
  const end = at + file.readUInt32LE(magic.length);
  const header = JSON.parse(file.toString("utf8", at, end)) as readonly Entry[];
  at = end;
  const take = (bytes: number): ArrayBuffer => {
    if (at + bytes > file.length) throw new RangeError("The file is cut off.");
    // A copy of its own: the pieces lie at offsets that wider numbers may not begin at.
    const piece = new Uint8Array(file.subarray(at, at + bytes)).buffer;
    at += bytes;
    return piece;
  };
  return new Map(
    header.map(({ term, count, dimensions, scale }) => {
      const ids = new Int32Array(take(4 * count));
      const offsets = new Uint32Array(take(8 * count));
      const values = new Int8Array(take(count * dimensions));
      return [term, { count, dimensions, scale, ids, offsets, values }];
    }),
  );
}

function bytesOf(array: Int32Array | Uint32Array | Int8Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
