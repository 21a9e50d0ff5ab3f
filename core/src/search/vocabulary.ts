/** The words of the field, from its glossary and lexicon: what tells a question of it from a hand that slipped. */
import { stemOf } from "../text/particles.ts";
import { wordsOf } from "../text/words.ts";

export interface Vocabulary {
  /** Whether a folded word is one of these, with another ending, in the plural, or as the beginning of a Korean compound. */
  knows(word: string): boolean;
}

/** Syllables that the beginning of a compound must have: 학습 of 학습률. */
const beginningMin = 2;
/** Syllables from which the last one may be another: verbs change it (`가르치기`, `가르치는`). */
const inflectedMin = 4;
/** Letters from which an `s` more or less is the same word. */
const pluralMin = 4;

/** @param texts terms, of which each word counts. */
export function createVocabulary(texts: Iterable<string>): Vocabulary {
  const words = new Set<string>();
  const beginnings = new Set<string>();
  for (const text of texts) {
    for (const { folded, script } of wordsOf(text)) {
      words.add(folded);
      if (script !== "hangul") continue;
      const stem = stemOf(folded);
      words.add(stem);
      for (let length = beginningMin; length < stem.length; length += 1)
        beginnings.add(stem.slice(0, length));
    }
  }
  return {
    knows(word) {
      if (words.has(word)) return true;
      if (!/^\p{Script=Hangul}/u.test(word)) {
        return word.length >= pluralMin && (words.has(`${word}s`) || words.has(word.replace(/s$/u, "")));
      }
      const stem = stemOf(word);
      return (
        words.has(stem) ||
        beginnings.has(stem) ||
        (stem.length >= inflectedMin && beginnings.has(stem.slice(0, -1)))
      );
    },
  };
}
