/** One score and one probability for each chunk, from the last stage that saw it. */

import { squeeze } from "../text/words.ts";
import {
  answerable,
  cosineProbability,
  lateProbability,
  lexicalProbability,
  type Reception,
} from "./calibrate.ts";
import type { Candidate } from "./candidates.ts";
import type { ScoredChunk } from "./group.ts";

export interface ScoredChunks {
  readonly chunks: readonly ScoredChunk[];
  /** Probability that anything answers the query. */
  readonly likelihood: number;
}

/**
 * @param late scores of late interaction by chunk id; empty when that stage did not run.
 * @param letters length of the query when there was no vector to compare with, else null.
 */
export function scoreChunks(
  candidates: readonly Candidate[],
  late: ReadonlyMap<string, number>,
  letters: number | null,
): ScoredChunks {
  const reception = receptionOf(candidates, late);
  const chunks = candidates.map((candidate) => {
    const score = late.get(candidate.chunkId);
    return reception === null || score === undefined
      ? withoutLate(candidate, reception !== null, letters)
      : {
          chunkId: candidate.chunkId,
          paperId: candidate.paperId,
          score,
          probability: lateProbability(score, reception),
        };
  });
  const best = chunks.reduce((most, { probability }) => Math.max(most, probability), 0);
  return { chunks, likelihood: reception === null ? best : answerable(reception) };
}

/** Letters of a query, by which BM25 scores of long and short queries compare. */
export function lettersOf(text: string): number {
  return squeeze(text).length;
}

/**
 * A small index has few candidates, and the answer itself is among them: its mean is drawn towards the mean that
 * candidates of the judged queries have, as if there were this many more of them.
 */
const priorMean = 0.3;
const priorCount = 20;

/** Null without late interaction. */
export function receptionOf(
  candidates: readonly Candidate[],
  late: ReadonlyMap<string, number>,
): Reception | null {
  if (late.size === 0) return null;
  const scores = [...late.values()];
  return {
    bestLate: scores.reduce((best, score) => Math.max(best, score), 0),
    meanLate:
      (scores.reduce((sum, score) => sum + score, 0) + priorCount * priorMean) / (scores.length + priorCount),
    bestCosine: candidates.reduce((best, { semantic }) => Math.max(best, semantic?.score ?? 0), 0),
  };
}

/** Chunks that late interaction could not see stay below those that it saw. */
function withoutLate(candidate: Candidate, othersSeen: boolean, letters: number | null): ScoredChunk {
  const { chunkId, paperId, semantic, lexical, fused } = candidate;
  if (letters !== null) {
    const score = lexical?.score ?? 0;
    return { chunkId, paperId, score, probability: lexicalProbability(score, letters) };
  }
  const probability = semantic === null || othersSeen ? 0 : cosineProbability(semantic.score);
  return { chunkId, paperId, score: othersSeen ? fused - 1 : fused, probability };
}
