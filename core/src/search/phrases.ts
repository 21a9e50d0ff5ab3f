/** Chunks of papers that may hold all quoted phrases: found through the index, so that none is missed however many there are. */
import type { Filter, Hit, Snapshot } from "../ports/index-store.ts";
import type { ScoredChunk } from "./group.ts";

/** Such chunks that are ranked like candidates, best BM25 first; those behind them follow in that order. */
export const phraseCandidates = 100;

/**
 * Best first. A paper counts when each phrase is in one of its chunks; a phrase too short to look up narrows nothing. The
 * index knows pairs and threes of letters only, so the text has still to be read.
 */
export async function phraseHits(
  snapshot: Snapshot,
  phrases: readonly string[],
  filter: Filter,
): Promise<readonly Hit[]> {
  const lists = await Promise.all(phrases.map((phrase) => snapshot.holding(phrase, { filter })));
  const known = lists.filter((list) => list.length > 0);
  const papers = known.map((list) => new Set(list.map((hit) => hit.paperId)));
  const best = new Map<string, Hit>();
  for (const hit of known.flat()) {
    if (!papers.every((set) => set.has(hit.paperId))) continue;
    const other = best.get(hit.chunkId);
    if (other === undefined || hit.score > other.score) best.set(hit.chunkId, hit);
  }
  return [...best.values()].sort(
    (one, other) => other.score - one.score || (one.chunkId < other.chunkId ? -1 : 1),
  );
}

/** Below every score of the stages before: those are no less than -1. */
const behind = -2;

/** Hits that no stage has scored, behind all others and in their own order. */
export function unscored(
  hits: readonly Hit[],
  scored: readonly ScoredChunk[],
  probability: number,
): readonly ScoredChunk[] {
  const known = new Set(scored.map((chunk) => chunk.chunkId));
  return hits
    .filter((hit) => !known.has(hit.chunkId))
    .map(({ chunkId, paperId }, index) => ({ chunkId, paperId, score: behind - index, probability }));
}
