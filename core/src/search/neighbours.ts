/**
 * Smoothing over neighbours: chunks that are near each other tend to answer the same query, so each of the best takes a share of
 * what its neighbours score (score regularisation: Diaz, CIKM 2005, after the cluster hypothesis of van Rijsbergen).
 */

import { type BoundedCache, createBoundedCache } from "../model/bounded-cache.ts";
import { dot } from "../model/vectors.ts";
import type { Snapshot } from "../ports/index-store.ts";

/** Best chunks that take part: their likenesses are 50 x 49 / 2 products, half a million multiplications. */
const bestChunks = 50;
const neighboursEach = 8;
/** Weight of the neighbours' mean against the chunk's own score. */
const neighbourShare = 0.25;

/** @param scores by chunk id. Returns the same ids; chunks outside the best keep their score. */
export function smooth(
  scores: ReadonlyMap<string, number>,
  vectors: ReadonlyMap<string, Float32Array>,
): ReadonlyMap<string, number> {
  const best = bestOf(scores)
    .filter((id) => vectors.has(id))
    .map((id) => [id, scores.get(id) ?? 0] as const);
  const likeness = likenesses(best.map(([id]) => vectors.get(id) ?? new Float32Array()));
  const result = new Map(scores);
  for (const [index, [id, score]] of best.entries()) {
    const near = best
      .map((_, other) => other)
      .filter((other) => other !== index)
      .sort((one, other) => (likeness[index]?.[other] ?? 0) - (likeness[index]?.[one] ?? 0) || one - other)
      .slice(0, neighboursEach);
    if (near.length === 0) continue;
    const mean = near.reduce((sum, other) => sum + (best[other]?.[1] ?? 0), 0) / near.length;
    result.set(id, (score + neighbourShare * mean) / (1 + neighbourShare));
  }
  return result;
}

function bestOf(scores: ReadonlyMap<string, number>): readonly string[] {
  return [...scores]
    .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
    .slice(0, bestChunks)
    .map(([id]) => id);
}

export type VectorCache = BoundedCache<Float32Array>;

/** Pooled vectors kept in memory: 4,096 of 384 floats are 6 MB. */
export function createVectorCache(): VectorCache {
  return createBoundedCache<Float32Array>(4096);
}

export async function vectorsOf(
  ids: readonly string[],
  snapshot: Snapshot,
  cache: VectorCache,
): Promise<ReadonlyMap<string, Float32Array>> {
  const missing = ids.filter((id) => cache.get(id) === undefined);
  const read = missing.length === 0 ? new Map<string, Float32Array>() : await snapshot.vectors(missing);
  for (const [id, vector] of read) cache.set(id, vector);
  const found = new Map<string, Float32Array>();
  for (const id of ids) {
    const vector = read.get(id) ?? cache.get(id);
    if (vector !== undefined) found.set(id, vector);
  }
  return found;
}

function likenesses(vectors: readonly Float32Array[]): readonly Float32Array[] {
  const rows = vectors.map(() => new Float32Array(vectors.length));
  for (const [i, one] of vectors.entries()) {
    for (let j = i + 1; j < vectors.length; j += 1) {
      const product = dot(one, vectors[j] ?? one);
      (rows[i] ?? one)[j] = product;
      (rows[j] ?? one)[i] = product;
    }
  }
  return rows;
}
