/** Keeps the vectors of glossary terms in a file between starts: making them takes a minute, reading one some microseconds. */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { TokenVectors } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";

interface Entry {
  readonly term: string;
  readonly count: number;
  readonly dimensions: number;
  readonly scale: number;
}

/** First bytes of the file; another layout gets another number. */
const magic = "nonmun-terms-1\n";

/** Name of a file with vectors of some kind: those of another model say nothing, so the name stands for the model. */
export function termVectorFileName(kind: string, { fingerprint }: Embedder["profile"]): string {
  return `${kind}-${createHash("sha256").update(fingerprint).digest("hex").slice(0, 16)}.bin`;
}

/** Vectors by term, read when they are asked for. */
export interface StoredVectors extends Pick<ReadonlyMap<string, TokenVectors>, "get" | "has" | "size"> {
  terms(): Iterable<string>;
  /** Lets go of the file; nothing can be asked for after it. */
  close(): void;
}

/**
 * The vectors in the file, which stays open: a search needs a few of the 20,000, and all of them would take 50 MB of memory.
 * A file that is missing, cut off or of another layout is no error: the vectors are then made again, and the file with them.
 */
export async function readTermVectors(path: string): Promise<StoredVectors> {
  let file: number | null = null;
  try {
    file = openSync(path, "r");
    return stored(file, placesIn(file));
  } catch {
    // As said above: nothing is lost but time.
    if (file !== null) closeSync(file);
    return nothing;
  }
}

const nothing: StoredVectors = {
  size: 0,
  get: () => undefined,
  has: () => false,
  terms: () => [],
  close: () => undefined,
};

/** Terms that are written at a time: a millisecond of work, after which others have their turn. */
const sliceSize = 500;

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
    const file = await open(partial, "w");
    try {
      await file.writeFile(headerOf(vectors));
      const all = [...vectors.values()];
      for (let from = 0; from < all.length; from += sliceSize) {
        await file.writeFile(bodyOf(all.slice(from, from + sliceSize)));
      }
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Removes what writers that were killed have left of the file. For those who know that nobody writes it now. */
export async function sweepPartials(path: string): Promise<void> {
  const names = await readdir(dirname(path));
  const left = names.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith(".partial"));
  for (const name of left) await rm(join(dirname(path), name), { force: true });
}

function headerOf(vectors: ReadonlyMap<string, TokenVectors>): Buffer {
  const entries: Entry[] = [...vectors].map(([term, { count, dimensions, scale }]) => {
    return { term, count, dimensions, scale };
  });
  const json = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([Buffer.from(magic), length, json]);
}

function bodyOf(vectors: readonly TokenVectors[]): Buffer {
  return Buffer.concat(
    vectors.flatMap(({ ids, offsets, values }) => [bytesOf(ids), bytesOf(offsets), bytesOf(values)]),
  );
}

/** An entry, and where in the file its numbers begin. */
interface Placed extends Entry {
  readonly start: number;
}

/** @throws when the file is cut off or of another layout. */
function placesIn(file: number): ReadonlyMap<string, Placed> {
  if (readPiece(file, 0, magic.length).toString("latin1") !== magic) {
    throw new RangeError("The file has another layout.");
  }
  const bodies = magic.length + 4 + readPiece(file, magic.length, 4).readUInt32LE();
  const json = readPiece(file, magic.length + 4, bodies - magic.length - 4);
  const entries = new Map<string, Placed>();
  let start = bodies;
  for (const entry of JSON.parse(json.toString("utf8")) as readonly Entry[]) {
    entries.set(entry.term, { ...entry, start });
    start += bytesIn(entry);
  }
  if (fstatSync(file).size < start) throw new RangeError("The file is cut off.");
  return entries;
}

function stored(file: number, entries: ReadonlyMap<string, Placed>): StoredVectors {
  return {
    size: entries.size,
    has: (term) => entries.has(term),
    get(term) {
      const entry = entries.get(term);
      return entry === undefined ? undefined : read(file, entry);
    },
    terms: () => entries.keys(),
    close: () => closeSync(file),
  };
}

function read(file: number, { start, ...entry }: Placed): TokenVectors {
  const { count, dimensions, scale } = entry;
  const { buffer } = readPiece(file, start, bytesIn(entry));
  // Each array has memory of its own: of one that shared it, the whole would be sent to another thread.
  const ids = new Int32Array(buffer.slice(0, 4 * count));
  const offsets = new Uint32Array(buffer.slice(4 * count, 12 * count));
  const values = new Int8Array(buffer.slice(12 * count, bytesIn(entry)));
  return { count, dimensions, scale, ids, offsets, values };
}

function bytesIn({ count, dimensions }: Entry): number {
  return 12 * count + count * dimensions;
}

/** @throws RangeError when the file ends before. */
function readPiece(file: number, start: number, bytes: number): Buffer<ArrayBuffer> {
  const piece = Buffer.from(new ArrayBuffer(bytes));
  if (readSync(file, piece, 0, bytes, start) < bytes) throw new RangeError("The file is cut off.");
  return piece;
}

function bytesOf(array: Int32Array | Uint32Array | Int8Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
