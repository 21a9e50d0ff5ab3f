/** The late-interaction stage over an index: fetches token vectors of the candidates, multiplies once, scores each chunk. */

import { type BoundedCache, createBoundedCache } from "../model/bounded-cache.ts";
import type { TokenVectors } from "../model/chunk.ts";
import type { Snapshot } from "../ports/index-store.ts";
import type { Similarity } from "../ports/similarity.ts";
import { type LateScore, lateScore, maximaOf, type QueryPlan } from "./late-interaction.ts";

export interface Reranked {
  readonly late: LateScore;
  readonly tokens: TokenVectors;
  /** Products of this chunk's tokens with the plan's rows, not yet multiplied by the scale. */
  readonly products: Float32Array;
}

/** Token vectors kept in memory, in bytes: those of about 1,000 chunks. */
const keptBytes = 64 * 1024 * 1024;

export type TokenCache = BoundedCache<TokenVectors>;

export function createTokenCache(): TokenCache {
  return createBoundedCache<TokenVectors>(
    keptBytes,
    (tokens) => tokens.values.byteLength + 12 * tokens.count,
  );
}

/** Scores of the chunks that have token vectors, by chunk id. */
export async function rerank(
  chunkIds: readonly string[],
  plan: QueryPlan,
  similarity: Similarity,
  snapshot: Snapshot,
  cache: TokenCache,
): Promise<ReadonlyMap<string, Reranked>> {
  const found = await tokensOf(chunkIds, snapshot, cache);
  const ids = chunkIds.filter((id) => (found.get(id)?.count ?? 0) > 0);
  const documents = ids.flatMap((id) => found.get(id) ?? []);
  const products = await similarity.products(plan.rows, plan.count, documents);
  const result = new Map<string, Reranked>();
  let offset = 0;
  for (const [index, id] of ids.entries()) {
    const tokens = documents[index];
    if (tokens === undefined) continue;
    const own = products.subarray(offset, offset + tokens.count * plan.count);
    offset += own.length;
    result.set(id, { late: lateScore(plan, maximaOf(own, plan.count, tokens.scale)), tokens, products: own });
  }
  return result;
}

async function tokensOf(
  ids: readonly string[],
  snapshot: Snapshot,
  cache: TokenCache,
): Promise<ReadonlyMap<string, TokenVectors>> {
  const found = new Map<string, TokenVectors>();
  const missing: string[] = [];
  for (const id of ids) {
    const kept = cache.get(id);
    if (kept === undefined) missing.push(id);
    else found.set(id, kept);
  }
  if (missing.length > 0) {
    for (const [id, tokens] of await snapshot.tokens(missing)) {
      cache.set(id, tokens);
      found.set(id, tokens);
    }
  }
  return found;
}
