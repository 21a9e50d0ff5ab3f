/** The terms of a title that may name a topic: what the glossary knows, words that say something, and pairs of them. */
import { isAskingWord, isFunctionWord } from "../text/function-words.ts";
import { squeeze, type Word, wordsOf } from "../text/words.ts";
import { type Glossary, glossarySpans } from "./glossary.ts";

export interface TitleTerm {
  readonly key: string;
  /** As titles write it, in lower case unless it is an abbreviation or a name; in Korean where it has no other form. */
  readonly en: string;
  readonly ko: string | null;
  readonly words: readonly string[];
  /** What the glossary knows is a term of the field, and two words name a topic better than one. */
  readonly weight: number;
}

const weights = { word: 1, pair: 1.5, known: 1.6 } as const;
/** Words of titles that say how a paper is written or that it is good, not what it is about. */
const ofTitles = new Set(
  (
    "analysis better beyond bridging can case challenge comprehensive compute does effective efficient empirical enable enables enabling " +
    "enhance enhancing exploring evaluating elicit evolution evolving framework full general guide high improve improved improves improving insights introducing language " +
    "investigating large learn learning lessons level leveraging like llm llms low model models need new novel one open paradigm perspective " +
    "pushing question really report rethinking scale scalable scaling self simple small smaller source state step strong survey system systems technical " +
    "task tasks technical toward towards train training understanding unified unifying unlocking unleashing via view world zero"
  ).split(" "),
);

/** Terms by key, each once however often the texts say it. */
export function termsOfTitle(texts: readonly string[], glossary: Glossary): ReadonlyMap<string, TitleTerm> {
  const terms = new Map<string, TitleTerm>();
  const add = (term: TitleTerm): void => {
    const known = terms.get(term.key);
    if (known === undefined || known.weight < term.weight) terms.set(term.key, term);
  };
  for (const text of texts) {
    const spans = glossarySpans(text, glossary);
    for (const { range, spelling, equivalents } of spans) {
      const words = wordsOf(spelling).map((word) => word.folded);
      if (!words.some(saysSomething)) continue;
      const other = equivalents.find((equivalent) => isKorean(equivalent) !== isKorean(spelling)) ?? null;
      const written = singular(cased(text.slice(range[0], range[1])));
      const [en, ko] = isKorean(spelling) ? [other ?? written, spelling] : [written, other];
      add({ key: keyOf(spelling), en, ko, words, weight: words.length > 1 ? weights.known : 1.2 });
    }
    // A part of a longer term is not named for itself: `retrieval augmented` of `retrieval-augmented generation`.
    const words = wordsOf(text).filter(({ range }) => {
      return spans.every((span) => range[0] < span.range[0] || range[1] > span.range[1]);
    });
    for (const [at, word] of words.entries()) {
      if (!isTelling(word)) continue;
      add(termOf(text, [word], weights.word));
      const next = words[at + 1];
      const beside = next !== undefined && /^[\s-]$/u.test(text.slice(word.range[1], next.range[0]));
      if (beside && isTelling(next)) add(termOf(text, [word, next], weights.pair));
    }
  }
  return terms;
}

/** What stays of a word when its endings go: enough to see that two names are one. */
export function titleStem(word: string): string {
  return word.slice(0, 5);
}

function termOf(text: string, words: readonly Word[], weight: number): TitleTerm {
  const [first, last] = [words[0], words.at(-1)];
  const written = singular(cased(text.slice(first?.range[0] ?? 0, last?.range[1] ?? 0)));
  const korean = isKorean(written) ? written : null;
  return { key: keyOf(written), en: written, ko: korean, words: words.map(({ folded }) => folded), weight };
}

function isTelling(word: Word): boolean {
  return word.folded.length >= 3 && word.script !== "other" && saysSomething(word.folded);
}

function saysSomething(word: string): boolean {
  return !isFunctionWord(word) && !isAskingWord(word) && !ofTitles.has(word) && /\p{L}/u.test(word);
}

/** `Diffusion Models` is a title's way of writing; `LoRA` and `RAG` are written so everywhere. */
function cased(written: string): string {
  return written.replace(/\p{L}+/gu, (word) => (/^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word));
}

function singular(written: string): string {
  return /\p{Script=Latin}{4}s$/u.test(written) && !/(?:ss|us|is)$/u.test(written)
    ? written.slice(0, -1)
    : written;
}

function keyOf(written: string): string {
  return squeeze(singular(written));
}

function isKorean(text: string): boolean {
  return /\p{Script=Hangul}/u.test(text);
}
