/** Vectors of glossary terms, each encoded alone and once: what late interaction compares instead of the query's own words. */

import { createBoundedCache } from "../model/bounded-cache.ts";
import type { TokenVectors } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";

export interface TermVectors {
  /** Makes sure that the terms' vectors are there. */
  load(terms: readonly string[], signal?: AbortSignal): Promise<void>;
  /** Undefined for a term that was not loaded. */
  get(term: string): TokenVectors | undefined;
  /** Takes vectors that were made by the same model before. */
  keep(vectors: ReadonlyMap<string, TokenVectors>): void;
}

/** Terms kept; at 3 tokens of 384 bytes each about 25 MB. */
const termsMax = 20_000;

export function createTermVectors(embedder: Embedder): TermVectors {
  const kept = createBoundedCache<TokenVectors>(termsMax);
  async function load(terms: readonly string[], signal?: AbortSignal): Promise<void> {
    const missing = [...new Set(terms)].filter((term) => kept.get(term) === undefined);
    if (missing.length === 0) return;
    const embeddings = await embedder.embed(missing, "query", signal === undefined ? {} : { signal });
    for (const [index, term] of missing.entries()) {
      const tokens = embeddings[index]?.tokens;
      if (tokens !== null && tokens !== undefined) kept.set(term, tokens);
    }
  }
  return {
    load,
    get: (term) => kept.get(term),
    keep(vectors) {
      for (const [term, tokens] of vectors) kept.set(term, tokens);
    },
  };
}
