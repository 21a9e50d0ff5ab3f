/** What ranking needs besides an index: glossary, lexicon, the vectors of their words, the matrix product. Made once a process. */
import type { TokenVectors } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Similarity } from "../ports/similarity.ts";
import { type ConceptFinder, createConceptFinder, type DescriptionMeans } from "./concepts.ts";
import { type Glossary, parseGlossary } from "./glossary.ts";
import { comparedTerms, descriptionsOf, type Lexicon, type LexiconFile, parseLexicon } from "./lexicon.ts";
import { createTermVectors, type TermVectors } from "./term-vectors.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";

export interface Ranking {
  readonly glossary: Glossary;
  readonly lexicon: Lexicon;
  /** Words of the glossary's and the lexicon's terms. */
  readonly vocabulary: Vocabulary;
  /** Words of the lexicon's descriptions, which are in everyday language. */
  readonly everyday: Vocabulary;
  /** Vectors of terms, the glossary's and the lexicon's. Null without an embedder. */
  readonly termVectors: TermVectors | null;
  /** Null where the matrix product is not available: hybrid results are then fused, not re-ranked. */
  readonly similarity: Similarity | null;
  /** Vectors of the lexicon's descriptions. Null without an embedder. */
  readonly descriptionVectors: TermVectors | null;
  /** Means of descriptions that were made beforehand: their concepts are found without the vectors above. */
  readonly means: DescriptionMeans;
  /** Null without an embedder or the matrix product. */
  readonly concepts: ConceptFinder | null;
}

export interface RankingParts {
  /** Texts of the glossary files, the product's first, then the user's own. */
  readonly glossary: readonly string[];
  /** Lexicon files in the same order. Without them no concept is ever found. */
  readonly lexicon?: readonly LexiconFile[];
  /** Means of the lexicon's descriptions, made before with the same model: concepts are then found from the first query on. */
  readonly means?: DescriptionMeans;
  readonly embedder: Embedder | null;
  readonly similarity: Similarity | null;
}

/** Descriptions that are kept at least, of those that searches have made; at 4 KB each, 4 MB. */
const descriptionsLeast = 1000;

/**
 * Assembles ranking. Once the model is loaded, load the vectors of `termsOf(ranking)` and `descriptionsOf(ranking.lexicon)` a few
 * at a time, or keep those of an earlier run: first queries then don't wait for their terms, and concepts are found.
 *
 * @throws Failure `bad-config` when a lexicon file can't be understood.
 */
export function createRanking(parts: RankingParts): Ranking {
  const { embedder, similarity } = parts;
  const lexicon = parseLexicon(parts.lexicon ?? []);
  const means = parts.means ?? new Map<string, TokenVectors>();
  // By those whose means nobody has made no concept is found before they are there: all of them are kept.
  const unmade = descriptionsOf(lexicon).filter((text) => !means.has(text)).length;
  const descriptionVectors =
    embedder === null ? null : createTermVectors(embedder, Math.max(unmade, descriptionsLeast));
  const glossary = parseGlossary(parts.glossary);
  const spellings = [...glossary.terms.values()].map((term) => term.spelling);
  return {
    glossary,
    lexicon,
    vocabulary: createVocabulary([...spellings, ...lexicon.concepts.flatMap(({ terms }) => terms)]),
    everyday: createVocabulary(descriptionsOf(lexicon)),
    termVectors: embedder === null ? null : createTermVectors(embedder),
    similarity,
    descriptionVectors,
    means,
    concepts:
      descriptionVectors === null || similarity === null || lexicon.concepts.length === 0
        ? null
        : createConceptFinder(lexicon, descriptionVectors, similarity, means),
  };
}

/** Every term that a search may compare with, each once. */
export function termsOf({ glossary, lexicon }: Pick<Ranking, "glossary" | "lexicon">): readonly string[] {
  return [
    ...new Set([
      ...[...glossary.terms.values()].flatMap((term) => term.equivalents.slice(0, 6)),
      ...lexicon.concepts.flatMap(comparedTerms),
    ]),
  ];
}
