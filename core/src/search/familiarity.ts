/** How much of a query is made of words that the field, the catalogue or the best results know: nonsense has none of them. */
import { isAskingWord, isFunctionWord } from "../text/function-words.ts";
import { wordsOf } from "../text/words.ts";
import type { CatalogueIndex } from "./catalogue-index.ts";
import { type Glossary, glossarySpans } from "./glossary.ts";
import { nameMatches } from "./name-words.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Known {
  readonly glossary: Glossary;
  readonly vocabulary: Vocabulary;
  readonly names: CatalogueIndex;
  /** Whether the best results hold the word that begins at this place of the query, or another word for it. */
  readonly isMet: (word: string, at: number) => boolean;
}

/**
 * Share of the query's telling words that are known: in a term of the glossary, in the vocabulary, in a title or org, or met in the
 * best results. Single Latin letters, jamo and numbers are never known, for they stand everywhere. 0 without a telling word.
 */
export function familiarShare(text: string, { glossary, vocabulary, names, isMet }: Known): number {
  const spans = glossarySpans(text, glossary).map((span) => span.range);
  const telling = wordsOf(text).filter((word) => !isFunctionWord(word.folded) && !isAskingWord(word.folded));
  if (telling.length === 0) return 0;
  const known = telling.filter(({ folded, range: [start, end] }) => {
    if (saysNothing(folded)) return false;
    return (
      spans.some((span) => span[0] < end && start < span[1]) ||
      vocabulary.knows(folded) ||
      nameMatches(folded, names).some(({ how, quality }) => how === "same" || quality >= surelyMeant) ||
      isMet(folded, start)
    );
  });
  return known.length / telling.length;
}

/** Quality from which a likeness to a name is no accident: one slip of the hand, or a sound as near as 0.944 (see `nameMatches`). */
const surelyMeant = 0.85;

function saysNothing(word: string): boolean {
  return /^(?:\p{Nd}+|[\p{Script=Latin}\p{Nd}]|[\u3131-\u318E]+)$/u.test(word);
}
