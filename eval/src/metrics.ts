/** Measures of one ranking against graded judgements. All are 0 to 1, and larger is better. */

/** Ids of papers, best first, each once. */
export type Ranking = readonly string[];
/** Paper id to grade: 2 is what the searcher wants, 1 is related; papers that are not listed are not relevant. */
export type Judgements = Readonly<Record<string, number>>;

export interface Scores {
  readonly ndcg: number;
  readonly recall: number;
  readonly mrr: number;
  readonly hit: number;
}

/** Results that are looked at. */
export const depth = 10;

export const measures = ["ndcg", "recall", "mrr", "hit"] as const satisfies readonly (keyof Scores)[];
export type Measure = (typeof measures)[number];

export const measureNames: Readonly<Record<Measure, string>> = {
  ndcg: `nDCG@${depth}`,
  recall: `Recall@${depth}`,
  mrr: `MRR@${depth}`,
  hit: "hit@1",
};

/** @param judgements at least one grade above 0: a query that nothing answers has no scores. */
export function score(ranking: Ranking, judgements: Judgements): Scores {
  return {
    ndcg: ndcgAt(depth, ranking, judgements),
    recall: recallAt(depth, ranking, judgements),
    mrr: reciprocalRankAt(depth, ranking, judgements),
    hit: (judgements[ranking[0] ?? ""] ?? 0) > 0 ? 1 : 0,
  };
}

/**
 * Normalised discounted cumulative gain: sum of (2^grade - 1) / log2(rank + 1) over the first `k`, by that of the best
 * ranking there is. Järvelin and Kekäläinen 2002 (doi 10.1145/582415.582418); gains of Burges et al. 2005
 * (doi 10.1145/1102351.1102363).
 */
export function ndcgAt(k: number, ranking: Ranking, judgements: Judgements): number {
  const grades = ranking.slice(0, k).map((id) => judgements[id] ?? 0);
  const ideal = Object.values(judgements)
    .sort((a, b) => b - a)
    .slice(0, k);
  const best = discountedGain(ideal);
  return best === 0 ? 0 : discountedGain(grades) / best;
}

/** Share of the relevant papers (any grade above 0) among the first `k`, over as many as fit there: min(k, relevant). */
export function recallAt(k: number, ranking: Ranking, judgements: Judgements): number {
  const relevant = Object.values(judgements).filter((grade) => grade > 0).length;
  const found = ranking.slice(0, k).filter((id) => (judgements[id] ?? 0) > 0).length;
  return relevant === 0 ? 0 : found / Math.min(k, relevant);
}

/** One by the rank of the first relevant paper, 0 if none is among the first `k` (TREC-8 QA track, Voorhees 1999). */
export function reciprocalRankAt(k: number, ranking: Ranking, judgements: Judgements): number {
  const first = ranking.slice(0, k).findIndex((id) => (judgements[id] ?? 0) > 0);
  return first < 0 ? 0 : 1 / (first + 1);
}

function discountedGain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
}
