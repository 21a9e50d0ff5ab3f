/** Statistics over a whole generation: in how many chunks each token occurs. */
import type { Table } from "@lancedb/lancedb";
import { bytesOf, stringsOf } from "./columns.ts";

/** Names in the table `state`: statistics and artifacts can't get into each other's way. */
export const frequenciesName = "statistics/document-frequencies";

export function artifactName(name: string): string {
  return `artifact/${name}`;
}

/** Counts over all chunks, as pairs of (token id, number of chunks) in little-endian uint32, by token id. */
export async function countFrequencies(chunks: Table, embeddings: Table): Promise<Uint8Array> {
  const times = new Map<string, number>();
  for (const key of stringsOf(await chunks.query().select(["key"]).toArrow(), "key")) {
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const counts = new Map<number, number>();
  for await (const batch of embeddings.query().select(["key", "ids"])) {
    const ids = bytesOf(batch, "ids");
    stringsOf(batch, "key").forEach((key, row) => {
      const bytes = ids[row] ?? null;
      const chunksOfText = times.get(key) ?? 0;
      if (bytes === null || chunksOfText === 0) return;
      for (const id of new Set(new Int32Array(bytes.buffer)))
        counts.set(id, (counts.get(id) ?? 0) + chunksOfText);
    });
  }
  const pairs = [...counts].sort(([a], [b]) => a - b);
  return new Uint8Array(Uint32Array.from(pairs.flat()).buffer);
}

export function frequenciesFrom(bytes: Uint8Array | null): ReadonlyMap<number, number> {
  const frequencies = new Map<number, number>();
  const values = bytes === null ? new Uint32Array() : new Uint32Array(bytes.buffer);
  for (let i = 0; i + 1 < values.length; i += 2) frequencies.set(values[i] ?? 0, values[i + 1] ?? 0);
  return frequencies;
}
