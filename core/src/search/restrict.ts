/** Quoted phrases that a result must hold, and words that it must not: the two conditions that need the text itself. */
import type { Limitation } from "../contract.ts";
import type { Chunk } from "../model/chunk.ts";
import type { Filter, PaperCard, Snapshot } from "../ports/index-store.ts";
import { isAskingWord, isFunctionWord } from "../text/function-words.ts";
import { fold } from "../text/normalize.ts";
import { stemOf } from "../text/particles.ts";
import { wordsOf } from "../text/words.ts";
import { phraseProbability } from "./calibrate.ts";
import type { RankedPaper } from "./group.ts";
import type { Prepared } from "./prepared.ts";
import type { Query } from "./query.ts";

export interface Restricted {
  readonly papers: readonly RankedPaper[];
  /** Set when a condition could not be kept. */
  readonly limitation: Limitation | null;
  /** Whether quoted phrases were found, so that the result answers the query to the letter. */
  readonly phraseFound: boolean;
}

/**
 * Keeps the papers that hold every quoted phrase (case, width and blanks make no difference) and none of the excluded words.
 * When no paper holds the phrases, the nearest stay, and `limitation` says so.
 */
export async function restrict(
  papers: readonly RankedPaper[],
  query: Query,
  snapshot: Snapshot,
  prepared: Prepared,
): Promise<Restricted> {
  if (query.phrases.length === 0 && query.excluded.length === 0)
    return { papers, limitation: null, phraseFound: false };
  const kept = await conditionsOf(papers, query, snapshot, prepared);
  const allowed = papers.filter((paper) => kept.get(paper.paperId)?.allowed === true);
  if (query.phrases.length === 0) return { papers: allowed, limitation: null, phraseFound: false };
  const holding = allowed.filter((paper) => kept.get(paper.paperId)?.quoting === true);
  if (holding.length > 0) {
    const sure = holding.map((paper) => ({
      ...paper,
      probability: Math.max(paper.probability, phraseProbability),
    }));
    return { papers: sure, limitation: null, phraseFound: true };
  }
  return {
    papers: allowed,
    limitation: { code: "phrase-not-found", phrases: query.phrases },
    phraseFound: false,
  };
}

/**
 * The papers of a list that hold none of the excluded words. The index tells which chunks may hold a word, so that the texts of a
 * whole catalogue are read only for words too short to be looked up.
 */
export async function withoutExcluded(
  cards: readonly PaperCard[],
  query: Query,
  filter: Filter,
  snapshot: Snapshot,
  prepared: Prepared,
): Promise<readonly PaperCard[]> {
  const { excluded } = query;
  if (excluded.length === 0) return cards;
  const lists = await Promise.all(
    excluded.filter(canBeLookedUp).map((word) => snapshot.holding(word, { filter })),
  );
  const holding = new Set(lists.flat().map((hit) => hit.paperId));
  const left = cards.filter((card) => !excluded.some((word) => holdsWord(namesOf(card), word)));
  const suspects = excluded.every(canBeLookedUp) ? left.filter((card) => holding.has(card.id)) : left;
  const asked = suspects.map((card) => ({ paperId: card.id }));
  const kept = await conditionsOf(asked, { excluded, phrases: [] }, snapshot, prepared);
  return left.filter((card) => kept.get(card.id)?.allowed !== false);
}

/** Whether the index has n-grams of it: of pairs of letters in Hangul, of threes in the others. */
function canBeLookedUp(text: string): boolean {
  return wordsOf(text).some((word) => word.folded.length >= (word.script === "hangul" ? 2 : 3));
}

interface Conditions {
  /** Holds no excluded word. */
  readonly allowed: boolean;
  /** Holds every quoted phrase. */
  readonly quoting: boolean;
}

/** Papers whose texts are held at a time: a common phrase is in thousands. */
const papersAtOnce = 100;

async function conditionsOf(
  papers: readonly Pick<RankedPaper, "paperId">[],
  { excluded, phrases }: Pick<Query, "excluded" | "phrases">,
  snapshot: Snapshot,
  prepared: Prepared,
): Promise<ReadonlyMap<string, Conditions>> {
  const wanted = phrases.map(fold);
  const found = new Map<string, Conditions>();
  for (let from = 0; from < papers.length; from += papersAtOnce) {
    const some = papers.slice(from, from + papersAtOnce);
    const chunks = await snapshot.chunksOf(some.map((paper) => paper.paperId));
    for (const [paperId, text] of textsOf(chunks, some, prepared)) {
      const folded = fold(text);
      found.set(paperId, {
        allowed: !excluded.some((word) => holdsWord(text, word)),
        quoting: wanted.every((phrase) => folded.includes(phrase)),
      });
    }
  }
  return found;
}

/** Latin words as wholes, Hangul at the beginning of a word, where particles may follow; several words as a phrase. */
export function holdsWord(text: string, wanted: string): boolean {
  const sought = wordsOf(wanted).map((word) => word.folded);
  const words = wordsOf(text);
  if (sought.length === 0) return false;
  return words.some((_, start) =>
    sought.every((word, offset) => {
      const found = words[start + offset];
      if (found === undefined) return false;
      return found.script === "hangul" ? found.folded.startsWith(word) : found.folded === word;
    }),
  );
}

/** Share of the query's telling words that a text holds: what a search by letters alone can promise. */
export function shareOfWords(text: string, query: string): number {
  const telling = wordsOf(query).filter((word) => !isFunctionWord(word.folded) && !isAskingWord(word.folded));
  if (telling.length === 0) return 0;
  const held = telling.filter((word) => holdsWord(text, soughtForm(word.folded)));
  return held.length / telling.length;
}

/** A folded word without its Korean particle. */
export function soughtForm(word: string): string {
  return /^\p{Script=Hangul}/u.test(word) ? stemOf(word) : word;
}

function textsOf(
  chunks: readonly Chunk[],
  papers: readonly Pick<RankedPaper, "paperId">[],
  prepared: Prepared,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const paper of papers) {
    const card: PaperCard | undefined = prepared.cards.get(paper.paperId);
    if (card !== undefined) texts.set(paper.paperId, namesOf(card));
  }
  for (const chunk of chunks)
    texts.set(chunk.paperId, `${texts.get(chunk.paperId) ?? ""}\n${chunk.embedded}`);
  return texts;
}

function namesOf(card: PaperCard): string {
  return [card.title, card.subtitle ?? "", ...card.orgs, ...card.tags].join("\n");
}
