/** What ranking needs besides an index: the glossary, the vectors of its terms and the matrix product. Made once a process. */
import type { Embedder } from "../ports/embedder.ts";
import type { Similarity } from "../ports/similarity.ts";
import { type Glossary, parseGlossary } from "./glossary.ts";
import { createTermVectors, type TermVectors } from "./term-vectors.ts";

export interface Ranking {
  readonly glossary: Glossary;
  /** Null without an embedder. */
  readonly termVectors: TermVectors | null;
  /** Null where the matrix product is not available: hybrid results are then fused, not re-ranked. */
  readonly similarity: Similarity | null;
}

export interface RankingParts {
  /** Texts of the glossary files, the product's first, then the user's own. */
  readonly glossary: readonly string[];
  readonly embedder: Embedder | null;
  readonly similarity: Similarity | null;
}

/**
 * Assembles ranking. Once the model is loaded, load the vectors of `termsOf(ranking.glossary)` a few at a time, or keep
 * those of an earlier run: first queries then don't wait for their terms.
 */
export function createRanking(parts: RankingParts): Ranking {
  return {
    glossary: parseGlossary(parts.glossary),
    termVectors: parts.embedder === null ? null : createTermVectors(parts.embedder),
    similarity: parts.similarity,
  };
}

/** Every term that a search may compare with, each once. */
export function termsOf(glossary: Glossary): readonly string[] {
  return [...new Set([...glossary.terms.values()].flatMap((term) => term.equivalents.slice(0, 6)))];
}
