/** Scores that take a share of their neighbours' scores. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { smooth } from "./neighbours.ts";

const unit = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));

describe("neighbours", () => {
  test("a chunk among good ones rises above an equal one that stands alone", () => {
    const near = Array.from({ length: 9 }, (_, at) => [`good${at}`, 0.6, unit(0.01 * at)] as const);
    const far = Array.from({ length: 9 }, (_, at) => [`poor${at}`, 0.2, unit(1.5 + 0.01 * at)] as const);
    const all = [...near, ...far, ["among", 0.5, unit(0.05)] as const, ["alone", 0.5, unit(1.55)] as const];
    const scores = smooth(
      new Map(all.map(([id, score]) => [id, score])),
      new Map(all.map(([id, , vector]) => [id, vector])),
    );
    expect(scores.get("among")).toBeGreaterThan(scores.get("alone") ?? 1);
  });
  test("chunks without a vector, and a single chunk, keep their score", () => {
    expect(
      smooth(
        new Map([
          ["a", 0.5],
          ["b", 0.1],
        ]),
        new Map([["a", unit(0)]]),
      ),
    ).toEqual(
      new Map([
        ["a", 0.5],
        ["b", 0.1],
      ]),
    );
  });
  test("scores stay between the least and the greatest", () => {
    const chunk = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 6, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(chunk, { minLength: 1, maxLength: 70 }), (chunks) => {
        const before = new Map(chunks.map(([score], at) => [`${at}`, score]));
        const after = smooth(before, new Map(chunks.map(([, angle], at) => [`${at}`, unit(angle)])));
        const [least, greatest] = [Math.min(...before.values()), Math.max(...before.values())];
        for (const score of after.values()) {
          expect(score).toBeGreaterThanOrEqual(least - 1e-9);
          expect(score).toBeLessThanOrEqual(greatest + 1e-9);
        }
        expect([...after.keys()]).toEqual([...before.keys()]);
      }),
    );
  });
});
