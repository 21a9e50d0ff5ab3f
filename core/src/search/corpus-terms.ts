/** Terms that the reviews themselves use, from headings and text, with the papers that use them: what suggestions know beyond titles. */
import type { PaperCard, Snapshot } from "../ports/index-store.ts";
import { isAskingWord, isFunctionWord } from "../text/function-words.ts";
import { squeeze, type Word, wordsOf } from "../text/words.ts";
import { type Glossary, glossarySpans } from "./glossary.ts";
import type { Pause } from "./slices.ts";

export interface CorpusTerm {
  readonly text: string;
  /** Papers that use it. */
  readonly papers: number;
}

/** A term must be in this many papers, and only so many are kept, the most frequent ones. */
const papersMin = 3;
const termsMax = 5000;
/** Papers read at a time: about 5 ms of work, and as many texts in memory. */
const papersAtOnce = 20;

/**
 * Reads every chunk once, a few papers at a time. Most frequent first.
 *
 * @throws what the snapshot throws.
 */
export async function corpusTerms(
  snapshot: Snapshot,
  cards: readonly PaperCard[],
  glossary: Glossary,
  pause: Pause,
): Promise<readonly CorpusTerm[]> {
  const counts = new Map<string, { text: string; papers: number }>();
  for (let from = 0; from < cards.length; from += papersAtOnce) {
    const ids = cards.slice(from, from + papersAtOnce).map((card) => card.id);
    const texts = Map.groupBy(await snapshot.chunksOf(ids), (chunk) => chunk.paperId);
    for (const chunks of texts.values()) {
      const text = chunks.map((chunk) => [...chunk.heading, chunk.text].join("\n")).join("\n");
      for (const [key, spelling] of termsOfText(text, glossary)) {
        const known = counts.get(key);
        if (known === undefined) counts.set(key, { text: spelling, papers: 1 });
        else known.papers += 1;
      }
    }
    await pause();
  }
  return [...counts.values()]
    .filter(({ papers }) => papers >= papersMin)
    .sort((one, other) => other.papers - one.papers || (one.text < other.text ? -1 : 1))
    .slice(0, termsMax);
}

/**
 * What the glossary knows, in either language; and Latin words in Korean prose, where they are terms or names. In English prose
 * they are words like any other.
 */
export function termsOfText(text: string, glossary: Glossary): ReadonlyMap<string, string> {
  const terms = new Map<string, string>();
  for (const line of text.split("\n")) {
    const spans = glossarySpans(line, glossary);
    for (const { spelling } of spans) {
      if (!isFunctionWord(squeeze(spelling))) terms.set(squeeze(spelling), spelling);
    }
    const words = wordsOf(line);
    if (!isKorean(words)) continue;
    for (const word of words) {
      const known = spans.some(({ range }) => range[0] <= word.range[0] && word.range[1] <= range[1]);
      if (!known && isTerm(word) && !terms.has(word.folded)) terms.set(word.folded, word.folded);
    }
  }
  return terms;
}

function isKorean(words: readonly Word[]): boolean {
  return 2 * words.filter((word) => word.script === "hangul").length > words.length;
}

function isTerm({ script, folded }: Word): boolean {
  return (
    script === "latin" &&
    folded.length >= 3 &&
    /^\p{L}/u.test(folded) &&
    !isFunctionWord(folded) &&
    !isAskingWord(folded)
  );
}
