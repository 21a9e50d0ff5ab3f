/** What lexical search sees of a chunk and of a query: one definition of terms for every store. */
import type { Chunk } from "../model/chunk.ts";
import { fold } from "../text/normalize.ts";

/**
 * Most terms of a query that are matched. The time of a search grows with its terms; a question rarely has 60, and a
 * pasted page says the same thing many times.
 */
export const queryTermsMax = 96;

/** What a chunk owes to its paper: names by which people look for it that need not stand in the text. */
export interface LexicalPaper {
  readonly title: string;
  readonly subtitle: string | null;
  readonly arxivId: string | null;
  readonly orgs: readonly string[];
}

/** Terms of title, subtitle, orgs, arXiv id and the embedded text (which holds the headings), with repetitions. */
export function chunkTerms(chunk: Pick<Chunk, "embedded">, paper: LexicalPaper): string[] {
  const parts = [
    paper.title,
    paper.subtitle ?? "",
    paper.orgs.join(" "),
    paper.arxivId ?? "",
    chunk.embedded,
  ];
  return ngrams(parts.join("\n"));
}

/** The first `queryTermsMax` different terms of a query. */
export function queryTerms(text: string): string[] {
  const terms = new Set<string>();
  // Cutting first keeps a pasted book cheap; a term takes at least two characters of the text that it comes from.
  for (const term of ngrams(text.slice(0, queryTermsMax * 20))) {
    if (terms.size === queryTermsMax) break;
    terms.add(term);
  }
  return [...terms];
}

/**
 * The terms that every text has which holds `phrase`. A first or last word shorter than an n-gram may be the end or the
 * beginning of a longer one there (`RL age` in `RL agents`), which is another term: such a word says nothing.
 */
export function phraseTerms(phrase: string): string[] {
  const words = [...fold(phrase).matchAll(runs)].map(([run]) => run);
  const whole = words.filter(
    (word, index) => (index > 0 && index < words.length - 1) || [...word].length >= gramLength(word),
  );
  return [...new Set(whole.flatMap(ngrams))].slice(0, queryTermsMax);
}

/**
 * The n-grams of a text, inside its words: pairs of characters for Hangul, Han and kana (most Korean nouns have two
 * syllables, and particles are glued to them), threes for everything else; a shorter word is one term, a single
 * letter none. Against all 2- and 3-grams across blanks, LanceDB answers 10 to 30 times as fast (20,000 chunks:
 * 2 to 6 ms for 4 to 190 ms), for two-letter grams of Latin words occur in every chunk and say nothing. BM25 alone
 * finds as much with it (93 queries over 860 papers of ko-notes: nDCG@10 0.339 for 0.342, recall@100 0.570 for 0.536).
 */
export function ngrams(text: string): string[] {
  return [...fold(text).matchAll(runs)].flatMap(([run]) => {
    const characters = [...run];
    const length = gramLength(run);
    if (characters.length <= length) return characters.length > 1 || digit.test(run) ? [run] : [];
    return Array.from({ length: characters.length - length + 1 }, (_, start) =>
      characters.slice(start, start + length).join(""),
    );
  });
}

function gramLength(run: string): number {
  return wide.test(run) ? 2 : 3;
}

const wideScripts = String.raw`\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
const wide = new RegExp(`^[${wideScripts}]`, "u");
const digit = /^\p{Nd}$/u;
/** Runs of letters and digits of one kind: `GPT의` is two, and signs belong to none. */
const runs = new RegExp(`[${wideScripts}]+|(?:(?![${wideScripts}])[\\p{L}\\p{M}\\p{N}])+`, "gu");
