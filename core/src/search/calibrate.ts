/** From raw scores to probabilities of relevance, fitted on judged queries: see docs/ranking.md, "Calibration". */

/** A logistic curve: `1 / (1 + exp(-(intercept + slope * x)))` (Platt 1999). */
interface Curve {
  readonly intercept: number;
  readonly slope: number;
}

const curves = {
  late: { intercept: -14.5, slope: 27 },
  cosine: { intercept: -58, slope: 68 },
  /** Of BM25 per letter pair of the query, so that long and short queries compare. */
  lexical: { intercept: -4, slope: 3 },
} as const satisfies Record<string, Curve>;

export type ScoreKind = keyof typeof curves;

export function probability(kind: ScoreKind, raw: number): number {
  const { intercept, slope } = curves[kind];
  return 1 / (1 + Math.exp(-(intercept + slope * raw)));
}

/** Below this, the best result answers nothing: `match` is `weak`. */
export const goodFrom = 0.3;

/** Least probability with which a paper still counts as part of the result. */
export const relevantFrom = 0.05;

/** What a look-up by name is worth: an id or whole title is nearly sure, a part of a title less so. */
export function exactProbability(strength: number): number {
  return Math.min(0.99, 0.85 + 0.14 * strength);
}
