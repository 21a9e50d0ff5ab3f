/** Fitting a logistic curve to points that are known. */
import { describe, expect, test } from "vitest";
import { fitLogistic, predict, type Sample } from "./logistic-fit.ts";

const sample = (inputs: readonly number[], positive: boolean, weight = 1): Sample => ({
  inputs,
  positive,
  weight,
});

describe("logistic fit", () => {
  test("finds the odds of two groups exactly", () => {
    const samples = [
      ...Array.from({ length: 10 }, (_, at) => sample([0], at < 2)),
      ...Array.from({ length: 10 }, (_, at) => sample([1], at < 7)),
    ];
    const fit = fitLogistic(samples);
    expect(predict(fit, [0])).toBeCloseTo(0.2, 2);
    expect(predict(fit, [1])).toBeCloseTo(0.7, 2);
  });
  test("an input that says nothing gets no slope", () => {
    const samples = [0, 1].flatMap((noise) => [
      sample([0, noise], false),
      sample([1, noise], false),
      sample([1, noise], true),
      sample([0, noise], true),
    ]);
    for (const slope of fitLogistic(samples).slopes) expect(slope).toBeCloseTo(0);
  });
  test("a weight counts as that many samples", () => {
    const weighted = fitLogistic([
      sample([0], true, 3),
      sample([0], false),
      sample([1], true),
      sample([1], false),
    ]);
    expect(predict(weighted, [0])).toBeCloseTo(0.75, 2);
  });
  test("classes that can be told apart give finite slopes", () => {
    const [slope] = fitLogistic([sample([0], false), sample([1], true)]).slopes;
    expect(Number.isFinite(slope)).toBe(true);
  });
  test("no samples, or samples of different length, are refused", () => {
    expect(() => fitLogistic([])).toThrow();
    expect(() => fitLogistic([sample([1], true), sample([1, 2], false)])).toThrow();
  });
});
