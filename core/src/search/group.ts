/** From scored chunks to ranked papers: a paper stands where its best chunk stands, named papers first. */
import type { ExactMatch } from "./exact.ts";

export interface ScoredChunk {
  readonly chunkId: string;
  readonly paperId: string;
  /** Score of the last stage that saw the chunk, larger is better. */
  readonly score: number;
  readonly probability: number;
}

export interface RankedPaper {
  readonly paperId: string;
  readonly score: number;
  readonly probability: number;
  readonly exact: ExactMatch | null;
  /** Best first. */
  readonly chunks: readonly ScoredChunk[];
}

/**
 * One entry a paper. Papers that an exact rule found come first, by its strength, then by score; the others by score. Ties go
 * by `position`, the paper's place in the catalogue (newest first), so that pages never overlap.
 */
export function groupIntoPapers(
  chunks: readonly ScoredChunk[],
  exact: ReadonlyMap<string, ExactMatch>,
  exactProbability: (strength: number) => number,
  position: (paperId: string) => number,
): readonly RankedPaper[] {
  const byPaper = new Map<string, ScoredChunk[]>();
  for (const paperId of exact.keys()) byPaper.set(paperId, []);
  for (const chunk of chunks) {
    const list = byPaper.get(chunk.paperId);
    if (list === undefined) byPaper.set(chunk.paperId, [chunk]);
    else list.push(chunk);
  }
  const papers = [...byPaper].map(([paperId, list]): RankedPaper => {
    const sorted = [...list].sort(
      (one, other) => other.score - one.score || (one.chunkId < other.chunkId ? -1 : 1),
    );
    const match = exact.get(paperId) ?? null;
    const own = sorted[0]?.probability ?? 0;
    return {
      paperId,
      score: sorted[0]?.score ?? Number.NEGATIVE_INFINITY,
      probability: match === null ? own : Math.max(own, exactProbability(match.strength)),
      exact: match,
      chunks: sorted,
    };
  });
  return papers.sort(
    (one, other) =>
      (other.exact?.strength ?? 0) - (one.exact?.strength ?? 0) ||
      descending(one.score, other.score) ||
      position(one.paperId) - position(other.paperId),
  );
}

/** Two papers without any scored chunk are equal: their infinities must not be subtracted. */
function descending(one: number, other: number): number {
  return one === other ? 0 : other > one ? 1 : -1;
}
