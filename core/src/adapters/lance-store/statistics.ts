/** Statistics over a whole generation: in how many chunks each token occurs. */
import type { Table } from "@lancedb/lancedb";
import { stringsOf } from "./columns.ts";

/** Names in the table `state`: statistics and artifacts can't get into each other's way. */
export const frequenciesName = "statistics/document-frequencies";

export function artifactName(name: string): string {
  return `artifact/${name}`;
}

/** How many chunks have the text of each key. */
export async function countKeys(chunks: Table): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for await (const batch of chunks.query().select(["key"])) {
    for (const key of stringsOf(batch, "key")) times.set(key, (times.get(key) ?? 0) + 1);
  }
  return times;
}

/**
 * Counts over all chunks, as pairs of (token id, number of chunks) in little-endian uint32, by token id. It makes next to no
 * garbage: each part of a first run is published with it, and what it left would grow with the index.
 *
 * @param times how many chunks have the text of each key.
 */
export async function countFrequencies(
  times: ReadonlyMap<string, number>,
  embeddings: Table,
): Promise<Uint8Array> {
  const frequencies = createFrequencies();
  for await (const batch of embeddings.query().select(["key", "ids"])) {
    const ids = batch.getChild("ids");
    stringsOf(batch, "key").forEach((key, row) => {
      const bytes: unknown = ids?.get(row);
      const chunksOfText = times.get(key) ?? 0;
      if (bytes instanceof Uint8Array && chunksOfText > 0) frequencies.add(bytes, chunksOfText);
    });
  }
  return frequencies.bytes();
}

/** Token ids are places in a vocabulary: small whole numbers, so that counts lie in arrays by id. */
function createFrequencies() {
  let counts = new Uint32Array(2 ** 16);
  /** The text in which an id was last seen: it counts once a text. */
  let seenIn = new Uint32Array(counts.length);
  let text = 0;

  function makeRoomFor(id: number): void {
    const length = 2 ** Math.ceil(Math.log2(id + 1));
    const before = { counts, seenIn };
    counts = new Uint32Array(length);
    seenIn = new Uint32Array(length);
    counts.set(before.counts);
    seenIn.set(before.seenIn);
  }

  return {
    /** @param ids of a text's tokens, little-endian int32. */
    add(ids: Uint8Array, chunks: number): void {
      text += 1;
      const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength);
      for (let at = 0; at < ids.byteLength; at += Int32Array.BYTES_PER_ELEMENT) {
        const id = view.getInt32(at, true);
        if (id >= counts.length) makeRoomFor(id);
        if (seenIn[id] === text) continue;
        seenIn[id] = text;
        counts[id] = (counts[id] ?? 0) + chunks;
      }
    },
    bytes(): Uint8Array {
      const occurring = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
      const pairs = new Uint32Array(2 * occurring);
      let place = 0;
      for (const [id, count] of counts.entries()) {
        if (count === 0) continue;
        pairs[place++] = id;
        pairs[place++] = count;
      }
      return new Uint8Array(pairs.buffer);
    },
  };
}

export function frequenciesFrom(bytes: Uint8Array | null): ReadonlyMap<number, number> {
  const frequencies = new Map<number, number>();
  const values = bytes === null ? new Uint32Array() : new Uint32Array(bytes.buffer);
  for (let i = 0; i + 1 < values.length; i += 2) frequencies.set(values[i] ?? 0, values[i + 1] ?? 0);
  return frequencies;
}
