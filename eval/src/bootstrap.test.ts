/** Tests of intervals and paired differences. */
import { describe, expect, it } from "vitest";
import { difference, interval, quantile } from "./bootstrap.ts";

describe("interval", () => {
  it("holds the mean, repeats for a seed and narrows with more values", () => {
    const few = [0, 1, 0, 1, 1, 0];
    const many = Array.from({ length: 40 }, () => few).flat();
    const [a, b] = [interval(few), interval(many)];
    expect(a.low).toBeLessThan(a.mean);
    expect(a.high).toBeGreaterThan(a.mean);
    expect(b.high - b.low).toBeLessThan((a.high - a.low) / 3);
    expect(interval(few)).toEqual(a);
    const fine = Array.from({ length: 20 }, (_, i) => Math.sqrt(i));
    expect(interval(fine, 1)).not.toEqual(interval(fine, 2));
  });

  it("comes near the normal one for many values", () => {
    const values = Array.from({ length: 400 }, (_, i) => i % 2);
    // 1.96 standard errors of a fair coin, 400 times.
    expect(interval(values).high).toBeCloseTo(0.5 + 1.96 * (0.5 / 20), 2);
  });

  it("is a point for one value, and zero for none", () => {
    expect(interval([0.4])).toEqual({ mean: 0.4, low: 0.4, high: 0.4 });
    expect(interval([]).mean).toBe(0);
  });
});

describe("difference", () => {
  it("is sure of a gain in every pair and unsure of one in half of them", () => {
    expect(difference(Array(30).fill(0.1)).p).toBeLessThan(0.001);
    expect(difference([0.5, -0.5, 0.4, -0.4, 0.1]).p).toBeGreaterThan(0.5);
  });

  it("finds no difference where there is none", () => {
    expect(difference(Array(10).fill(0))).toEqual({ mean: 0, low: 0, high: 0, p: 1 });
  });
});

it("interpolates quantiles", () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4], 1)).toBe(4);
  expect(quantile([], 0.5)).toBeNaN();
});
