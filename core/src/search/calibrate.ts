/** From raw scores to probabilities of relevance, fitted on judged queries: see docs/ranking.md, "Calibration". */

/** What a query met as a whole: the nearer its best candidates are, the likelier is it that anything answers it. */
export interface Reception {
  /** Best late-interaction score among the candidates, smoothed over neighbours. */
  readonly bestLate: number;
  /** Mean late-interaction score of the candidates: what this query gets from papers of the field in general. */
  readonly meanLate: number;
  /** Best cosine of pooled vectors. */
  readonly bestCosine: number;
}

/**
 * Probability that anything in the index answers the query: a logistic curve (Platt 1999) over the best scores, fitted on the
 * judged queries of two corpora, each against questions of other subjects.
 */
export function answerable({ bestLate, bestCosine }: Reception): number {
  return logistic(-97.47 + 42.54 * bestLate + 96.4 * bestCosine);
}

/**
 * Probability that a chunk with this late-interaction score is relevant. The mean score of the candidates takes out how easy
 * the query's words are to match at all, so that the same score means the same across queries.
 */
export function lateProbability(late: number, reception: Reception): number {
  return answerable(reception) * logistic(-4.03 + 31.35 * late - 35 * reception.meanLate);
}

/** Without token vectors: from the cosine of pooled vectors alone. */
export function cosineProbability(cosine: number): number {
  return logistic(-115.64 + 137.69 * cosine);
}

/** Without vectors: from BM25 per letter of the query, so that long and short queries compare. */
export function lexicalProbability(score: number, letters: number): number {
  return logistic(-4 + (3 * score) / Math.max(1, letters));
}

/**
 * Probability that anything answers a query that was compared by letters alone: from the share of its telling words that the best
 * chunk holds, and that chunk's BM25 for each letter of the query.
 */
export function lexicallyAnswerable(shareOfWords: number, score: number, letters: number): number {
  return logistic(-3.1 + 11.56 * shareOfWords + (1.83 * score) / Math.max(1, letters));
}

/** What a look-up by name is worth: an id or a whole title is nearly sure, a part of a title less so. */
export function exactProbability(strength: number): number {
  return Math.min(0.99, 0.85 + 0.14 * strength);
}

/** `answerable` from which the result is called `good`: a little above the middle, for an empty promise costs more than a caveat. */
export const goodFrom = 0.6;

/** The same for `lexicallyAnswerable`, which knows less: above the middle it would doubt half as many answers again. */
export const goodByWordsFrom = 0.5;

/** Least probability with which a paper still counts as part of the result. */
export const relevantFrom = 0.03;

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
