/** Tests of pooling, centring and int8, by hand-made numbers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pool, quantize, tokenVectors } from "./model-vectors.ts";

const states = { values: Float32Array.of(9, 9, 3, 0, 1, 4, 7, 7), start: 2, dimensions: 2 };

describe("pool", () => {
  it("takes the mean of a text's own rows, without those of its neighbours or the padding", () => {
    expect([...pool(states, 2, "mean")]).toEqual([
      Math.fround(4 / Math.sqrt(32)),
      Math.fround(4 / Math.sqrt(32)),
    ]);
  });

  it("takes the first row alone for `cls`", () => {
    expect([...pool(states, 2, "cls")]).toEqual([1, 0]);
  });

  it("leaves a text of zeros at zero instead of dividing by nothing", () => {
    expect([...pool({ ...states, values: new Float32Array(8) }, 2, "mean")]).toEqual([0, 0]);
  });
});

describe("tokenVectors", () => {
  it("normalises, subtracts the mean, projects the component out and normalises again", () => {
    const values = Float32Array.of(0, 0, 0, 0, 3, 4);
    const constants = { mean: Float32Array.of(0.1, 0, 0), component: Float32Array.of(0, 1, 0) };
    const rows = { from: 1, to: 2 };
    const made = tokenVectors(
      { values, start: 0, dimensions: 3 },
      rows,
      [7, 8],
      Uint32Array.of(0, 2),
      constants,
    );
    // (0, 0.6, 0.8) - (0.1, 0, 0) without its second component is (-0.1, 0, 0.8), of length 0.8062.
    expect(made.count).toBe(1);
    expect([...made.ids]).toEqual([8]);
    expect([...made.values].map((value) => value * made.scale)).toEqual([
      expect.closeTo(-0.124, 2),
      0,
      expect.closeTo(0.9923, 4),
    ]);
  });

  it("leaves the engine's memory as it was", () => {
    const values = Float32Array.of(3, 4);
    const constants = { mean: Float32Array.of(1, 1), component: Float32Array.of(1, 0) };
    tokenVectors(
      { values, start: 0, dimensions: 2 },
      { from: 0, to: 1 },
      [1],
      Uint32Array.of(0, 1),
      constants,
    );
    expect([...values]).toEqual([3, 4]);
  });
});

describe("quantize", () => {
  it("gives every component back within half a step", () => {
    const components = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(components, (values) => {
        const { quantized, scale } = quantize(Float32Array.from(values));
        for (const [i, value] of values.entries()) {
          expect(Math.abs((quantized[i] ?? 0) * scale - value)).toBeLessThanOrEqual(scale * 0.5001);
        }
      }),
    );
  });
});
