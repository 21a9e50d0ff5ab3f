/** From raw scores to probabilities of relevance, fitted on judged queries: see docs/ranking.md, "Calibration". */

/** What a query met as a whole: the nearer its best candidates are, the likelier is it that anything answers it. */
export interface Reception {
  /** Best late-interaction score among the candidates, smoothed over neighbours. */
  readonly bestLate: number;
  /** Mean late-interaction score of the candidates: what this query gets from papers of the field in general. */
  readonly meanLate: number;
  /** Best cosine of pooled vectors. */
  readonly bestCosine: number;
  readonly asked: Asked;
}

/** What the query is made of, whatever it met. */
export interface Asked {
  /** Share of its telling words that are known, 0 to 1: see `familiarShare`. */
  readonly familiar: number;
  /** Its letters and digits: short queries come near by chance. */
  readonly letters: number;
}

/**
 * Probability that anything in the index answers the query: a logistic curve (Platt 1999) over the best scores and what the query
 * is made of, fitted on the judged queries of three corpora and on questions of other subjects and nonsense.
 */
export function answerable({ bestLate, bestCosine, asked }: Reception): number {
  return logistic(
    -30.53 + 22.39 * bestLate + 19.93 * bestCosine + 6.43 * asked.familiar + 0.52 * Math.log1p(asked.letters),
  );
}

/**
 * Probability that a paper whose best chunk has this late-interaction score is relevant. The mean score of the candidates takes out
 * how easy the query's words are to match at all; the distance to the best, and the place, tell the answer from what is like it.
 *
 * @param rank place of the paper by its late-interaction score, from 1.
 */
export function lateProbability(late: number, rank: number, reception: Reception): number {
  const { meanLate, bestLate } = reception;
  const relevant = logistic(-3.43 + 36.7 * late - 22.57 * meanLate - 13.68 * bestLate + 1.28 / rank);
  return answerable(reception) * relevant;
}

/** Without token vectors: from the cosine of pooled vectors alone. */
export function cosineProbability(cosine: number): number {
  return logistic(-115.64 + 137.69 * cosine);
}

/** Without vectors: from BM25 per letter of the query, so that long and short queries compare. */
export function lexicalProbability(score: number, letters: number): number {
  return logistic(-4 + (3 * score) / Math.max(1, letters));
}

/** What a query that was compared by letters alone met. */
export interface ReceptionByWords {
  /** Share of its telling words that the best chunk holds. */
  readonly share: number;
  /** The same of the chunk that holds most, among the ten best. */
  readonly bestShare: number;
  readonly asked: Asked;
}

/** Probability that anything answers a query that was compared by letters alone. */
export function lexicallyAnswerable({ share, bestShare, asked }: ReceptionByWords): number {
  return logistic(
    -5.35 + 1.61 * share + 3.45 * bestShare + 5.24 * asked.familiar + 0.21 * Math.log1p(asked.letters),
  );
}

/** A paper that holds the quoted phrase to the letter is what was asked for; as sure as the least sure of names. */
export const phraseProbability = 0.85;

/** What a look-up by name is worth: an id or a whole title is nearly sure, a part of a title less so. */
export function exactProbability(strength: number): number {
  return Math.min(0.99, 0.85 + 0.14 * strength);
}

/** `answerable` from which the result is called `good`. */
export const goodFrom = 0.5;

/** The same for `lexicallyAnswerable`: letters tell less, and an empty promise costs more than a caveat. */
export const goodByWordsFrom = 0.6;

/** Least score of the first result of a `good` answer: below it, the two would say different things. */
export const surelyFrom = 0.2;

/** Least probability with which a paper still counts as part of the result. */
export const relevantFrom = 0.03;

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
