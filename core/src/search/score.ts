/** One score and one probability for each chunk, from the last stage that saw it. */
import {
  type Asked,
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
 * @param byLetters whether there was no vector to compare with.
 */
export function scoreChunks(
  candidates: readonly Candidate[],
  late: ReadonlyMap<string, number>,
  asked: Asked,
  byLetters: boolean,
): ScoredChunks {
  const reception = receptionOf(candidates, late, asked);
  const ranks = ranksOf(candidates, late);
  const letters = byLetters ? asked.letters : null;
  const chunks = candidates.map((candidate) => {
    const { chunkId, paperId } = candidate;
    const score = late.get(chunkId);
    return reception === null || score === undefined
      ? withoutLate(candidate, reception !== null, letters)
      : {
          chunkId,
          paperId,
          score,
          probability: lateProbability(score, ranks.get(paperId) ?? candidates.length, reception),
        };
  });
  const best = chunks.reduce((most, { probability }) => Math.max(most, probability), 0);
  return { chunks, likelihood: reception === null ? best : answerable(reception) };
}

/** Places of papers by the late-interaction score of their best chunk, from 1; equal scores share the first of their places. */
export function ranksOf(
  candidates: readonly Pick<Candidate, "chunkId" | "paperId">[],
  late: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (const { chunkId, paperId } of candidates) {
    const score = late.get(chunkId);
    if (score !== undefined) best.set(paperId, Math.max(best.get(paperId) ?? score, score));
  }
  const scores = [...best.values()].sort((one, other) => other - one);
  const places = new Map<number, number>();
  for (const [index, score] of scores.entries()) if (!places.has(score)) places.set(score, index + 1);
  return new Map([...best].map(([paperId, score]) => [paperId, places.get(score) ?? scores.length]));
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
  asked: Asked,
): Reception | null {
  if (late.size === 0) return null;
  const scores = [...late.values()];
  return {
    bestLate: scores.reduce((best, score) => Math.max(best, score), 0),
    meanLate:
      (scores.reduce((sum, score) => sum + score, 0) + priorCount * priorMean) / (scores.length + priorCount),
    bestCosine: candidates.reduce((best, { semantic }) => Math.max(best, semantic?.score ?? 0), 0),
    asked,
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
