/** Vectors of glossary terms, each encoded alone and once: what late interaction compares instead of the query's own words. */
import type { TokenVectors } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";
import { createBoundedCache } from "./bounded-cache.ts";

export interface TermVectors {
  /** Makes sure that the terms' vectors are there. */
  load(terms: readonly string[], signal?: AbortSignal): Promise<void>;
  /** Undefined for a term that was not loaded. */
  get(term: string): TokenVectors | undefined;
  /**
   * Encodes terms ahead of the queries, a few at a time, so that a search in between does not wait long. Resolves when all
   * are there or `signal` is aborted; never rejects for a failing model, which the search itself will report.
   */
  warm(terms: readonly string[], signal?: AbortSignal): Promise<void>;
}

/** Terms kept; at 3 tokens of 384 bytes each about 25 MB. */
const termsMax = 20_000;
/** Terms encoded at a time while warming: short enough not to hold up a search. */
const warmBatch = 8;

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
    async warm(terms, signal) {
      const missing = [...new Set(terms)].filter((term) => kept.get(term) === undefined);
      for (let from = 0; from < missing.length && signal?.aborted !== true; from += warmBatch) {
        try {
          await load(missing.slice(from, from + warmBatch), signal);
        } catch {
          // Warming is a favour: a search that needs these terms tries again and reports what is wrong.
          return;
        }
      }
    },
  };
}
