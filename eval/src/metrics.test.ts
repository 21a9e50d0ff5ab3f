/** Tests of the measures, by numbers worked out by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ndcgAt, recallAt, reciprocalRankAt, score } from "./metrics.ts";

describe("nDCG", () => {
  it("discounts gains of 3 and 1 by the logarithm of the rank", () => {
    // (1 / log2(2) + 3 / log2(4)) / (3 / log2(2) + 1 / log2(3)) = 2.5 / 3.6309
    expect(ndcgAt(10, ["b", "x", "a"], { a: 2, b: 1 })).toBeCloseTo(2.5 / 3.63093, 5);
  });

  it("is 1 for the best ranking, also when more are relevant than are looked at", () => {
    expect(ndcgAt(10, ["a", "b"], { a: 2, b: 1 })).toBe(1);
    expect(ndcgAt(1, ["a"], { a: 2, b: 2, c: 2 })).toBe(1);
  });

  it("ignores what stands below the depth", () => {
    expect(ndcgAt(2, ["x", "y", "a"], { a: 2 })).toBe(0);
  });

  it("stays between 0 and 1, and never falls when a better paper moves up", () => {
    const grades = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 15 });
    fc.assert(
      fc.property(grades, fc.nat(), (list, pick) => {
        const judgements = Object.fromEntries(list.map((grade, i) => [`p${i}`, grade]));
        const ranking = Object.keys(judgements);
        const value = ndcgAt(10, ranking, judgements);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        const i = pick % (list.length - 1);
        if ((list[i] ?? 0) >= (list[i + 1] ?? 0)) return;
        const swapped = ranking.toSpliced(i, 2, `p${i + 1}`, `p${i}`);
        expect(ndcgAt(10, swapped, judgements)).toBeGreaterThanOrEqual(value - 1e-12);
      }),
    );
  });
});

describe("the other measures", () => {
  it("count recall over what fits into the depth", () => {
    expect(recallAt(2, ["a", "x", "b"], { a: 2, b: 1, c: 1 })).toBe(0.5);
    expect(recallAt(10, ["a", "x"], { a: 1, b: 2 })).toBe(0.5);
  });

  it("take the reciprocal of the first relevant rank", () => {
    expect(reciprocalRankAt(10, ["x", "y", "a"], { a: 1 })).toBeCloseTo(1 / 3);
    expect(reciprocalRankAt(2, ["x", "y", "a"], { a: 1 })).toBe(0);
  });

  it("give an empty ranking nothing", () => {
    expect(score([], { a: 2 })).toEqual({ ndcg: 0, recall: 0, mrr: 0, hit: 0 });
  });

  it("count a first place of any grade as a hit", () => {
    expect(score(["b"], { a: 2, b: 1 }).hit).toBe(1);
    expect(score(["x", "a"], { a: 2 }).hit).toBe(0);
  });
});
