/** What lexical search sees of a chunk and of a query: one definition for every store. */
import type { Chunk } from "../model/chunk.ts";
import { fold } from "../text/normalize.ts";

/** Shortest and longest n-gram, in characters. Two: most Korean nouns have two syllables. */
export const ngramLengths = { min: 2, max: 3 } as const;

/**
 * Longest part of a query that is matched, in characters: about 400 n-grams. The time of a search grows with the
 * n-grams; a question rarely has more than 100 characters, a pasted paragraph says the same thing many times.
 */
export const queryCharactersMax = 200;

/** What a chunk owes to its paper: names by which people look for it that need not stand in the text. */
export interface LexicalPaper {
  readonly title: string;
  readonly subtitle: string | null;
  readonly arxivId: string | null;
  readonly orgs: readonly string[];
}

/** Title, subtitle, orgs, arXiv id and the embedded text (which holds the headings), as words. */
export function lexicalText(chunk: Pick<Chunk, "embedded">, paper: LexicalPaper): string {
  const parts = [
    paper.title,
    paper.subtitle ?? "",
    paper.orgs.join(" "),
    paper.arxivId ?? "",
    chunk.embedded,
  ];
  return words(parts.join("\n"));
}

/** The query as words, cut between them to `queryCharactersMax`. Empty when it holds no n-gram. */
export function lexicalQuery(text: string): string {
  const characters = [...words(text)];
  if (characters.length < ngramLengths.min) return "";
  if (characters.length <= queryCharactersMax) return characters.join("");
  const head = characters.slice(0, queryCharactersMax).join("");
  const lastBlank = head.lastIndexOf(" ");
  return lastBlank > 0 ? head.slice(0, lastBlank) : head;
}

/** Every run of 2 and 3 characters, blanks included: they mark where words begin and end. */
export function ngrams(words: string): string[] {
  const characters = [...words];
  const found: string[] = [];
  for (let start = 0; start < characters.length; start++) {
    for (let length = ngramLengths.min; length <= ngramLengths.max; length++) {
      if (start + length <= characters.length) found.push(characters.slice(start, start + length).join(""));
    }
  }
  return found;
}

/** Folded letters and digits with one blank between words: signs would match signs and outweigh the words. */
function words(text: string): string {
  return fold(text.replace(/[^\p{L}\p{M}\p{N}]+/gu, " "));
}
