/** The late-interaction stage over an index: fetches token vectors of the candidates, multiplies once, scores each chunk. */

import { type BoundedCache, createBoundedCache } from "../model/bounded-cache.ts";
import type { TokenVectors } from "../model/chunk.ts";
import type { Snapshot } from "../ports/index-store.ts";
import type { Similarity } from "../ports/similarity.ts";
import { type LateScore, lateScore, type QueryPlan, rowsOfParts, scaled } from "./late-interaction.ts";

export interface Reranked {
  readonly late: LateScore;
  readonly tokens: TokenVectors;
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
  const maxima = await similarity.maxima(plan.rows, plan.count, documents);
  const result = new Map<string, Reranked>();
  for (const [index, id] of ids.entries()) {
    const tokens = documents[index];
    if (tokens === undefined) continue;
    const own = scaled(maxima, index, plan.count, tokens.scale);
    result.set(id, { late: lateScore(plan, own), tokens });
  }
  return result;
}

/** What late interaction saw of one chunk, token by token. */
export interface Evidence {
  readonly plan: QueryPlan;
  readonly tokens: TokenVectors;
  /** Products with the rows of the plan's parts, not yet multiplied by the scale: `products[token * count + row]`. */
  readonly products: Float32Array;
  readonly count: number;
}

/** Looks at chunks again whose words are to be marked: keeping all products of all candidates would take megabytes a search. */
export async function evidenceOf(
  chunkIds: readonly string[],
  plan: QueryPlan,
  reranked: ReadonlyMap<string, Reranked>,
  similarity: Similarity,
): Promise<ReadonlyMap<string, Evidence>> {
  const ids = chunkIds.filter((id) => reranked.has(id));
  const documents = ids.flatMap((id) => reranked.get(id)?.tokens ?? []);
  const { rows, count } = rowsOfParts(plan);
  const products = await similarity.products(rows, count, documents);
  const result = new Map<string, Evidence>();
  let offset = 0;
  for (const [index, id] of ids.entries()) {
    const tokens = documents[index];
    if (tokens === undefined) continue;
    const end = offset + tokens.count * count;
    result.set(id, { plan, tokens, products: products.subarray(offset, end), count });
    offset = end;
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
