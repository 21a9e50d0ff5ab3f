/** Vectors of glossary terms, each encoded alone and once: what late interaction compares instead of the query's own words. */

import { createBoundedCache } from "../model/bounded-cache.ts";
import type { TokenVectors } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";

export interface TermVectors {
  /** Makes sure that the terms' vectors are there. */
  load(terms: readonly string[], signal?: AbortSignal): Promise<void>;
  /** Undefined for a term that was not loaded. */
  get(term: string): TokenVectors | undefined;
  /** Whether `get` finds the term's; asks for no vectors. */
  has(term: string): boolean;
  /**
   * Takes vectors that were made by the same model before, and closes those that it took the last time. Of its own it keeps what
   * is not among them: a search may be at work with it.
   */
  keep(vectors: TakenVectors): void;
}

/** Vectors that somebody else keeps. */
export interface TakenVectors extends Pick<ReadonlyMap<string, TokenVectors>, "get" | "has"> {
  /** Called when they are not asked any more. */
  close(): void;
}

/** Terms kept that were made here, unless more are asked for; with what each array takes besides its numbers, about 8 MB. */
const termsMax = 4000;
/** Terms kept of those that were taken, which are quick to get again: 1 MB. */
const takenMax = 500;

/** @param most terms kept that were made here: a search may look up any of those that nobody loads for it. */
export function createTermVectors(embedder: Embedder, most = termsMax): TermVectors {
  let kept = createBoundedCache<TokenVectors>(most);
  let lately = createBoundedCache<TokenVectors>(takenMax);
  let taken: TakenVectors | null = null;
  function get(term: string): TokenVectors | undefined {
    const known = kept.get(term) ?? lately.get(term);
    if (known !== undefined) return known;
    const found = taken?.get(term);
    if (found !== undefined) lately.set(term, found);
    return found;
  }
  const has = (term: string): boolean => kept.has(term) || taken?.has(term) === true;
  async function load(terms: readonly string[], signal?: AbortSignal): Promise<void> {
    const missing = [...new Set(terms)].filter((term) => !has(term));
    if (missing.length === 0) return;
    const embeddings = await embedder.embed(missing, "query", signal === undefined ? {} : { signal });
    for (const [index, term] of missing.entries()) {
      const tokens = embeddings[index]?.tokens;
      if (tokens !== null && tokens !== undefined) kept.set(term, tokens);
    }
  }
  return {
    load,
    get,
    has,
    keep(vectors) {
      taken?.close();
      taken = vectors;
      const own = kept;
      kept = createBoundedCache(most);
      for (const [term, tokens] of own.entries()) if (!vectors.has(term)) kept.set(term, tokens);
      lately = createBoundedCache(takenMax);
    },
  };
}
