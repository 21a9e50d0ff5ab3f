/** Dot products and lengths, also where the number of dimensions is no multiple of four. */
import { expect, it } from "vitest";
import { dot, normalized } from "./vectors.ts";

it.each([1, 3, 4, 7, 8])("multiplies %i dimensions in order, from a place in a block", (dimensions) => {
  const vector = Float32Array.from({ length: dimensions }, (_, k) => k + 1);
  const block = Float32Array.of(9, 9, ...vector.map((value) => value / 2), 9);
  expect(dot(vector, block, 2)).toBeCloseTo(
    vector.reduce((sum, value) => sum + (value * value) / 2, 0),
    5,
  );
});

it("brings a vector to length 1, and leaves one without direction", () => {
  expect([...normalized(Float32Array.of(3, 0, 4))]).toEqual([
    expect.closeTo(0.6, 6),
    0,
    expect.closeTo(0.8, 6),
  ]);
  expect([...normalized(new Float32Array(2))]).toEqual([0, 0]);
});
