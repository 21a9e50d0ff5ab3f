/** The late-interaction score against its formula, on small vectors. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TokenVectors } from "../model/chunk.ts";
import { lateScore, maximaOf, planQuery } from "./late-interaction.ts";

/** Tokens of a text, each along one axis. */
function tokens(places: readonly (readonly [start: number, end: number, axis: number])[]): TokenVectors {
  const dimensions = 4;
  const values = new Int8Array(places.length * dimensions);
  for (const [index, [, , axis]] of places.entries()) values[index * dimensions + axis] = 100;
  return {
    count: places.length,
    dimensions,
    ids: Int32Array.from(places, ([, , axis]) => axis),
    offsets: Uint32Array.from(places.flatMap((place) => place.slice(0, 2))),
    values,
    scale: 0.01,
  };
}

const statistics = {
  documents: 100,
  frequencies: new Map([
    [0, 10],
    [1, 10],
    [2, 90],
  ]),
};
const query = "시각 추론";
const vectors = tokens([
  [0, 2, 0],
  [3, 5, 1],
]);

describe("late interaction", () => {
  test("weights add up to one, and rare tokens weigh more than frequent ones", () => {
    const plan = planQuery(
      "시각 모델",
      tokens([
        [0, 2, 0],
        [3, 5, 2],
      ]),
      [],
      () => undefined,
      statistics,
    );
    expect(plan.parts.reduce((sum, part) => sum + part.weight, 0)).toBeCloseTo(1);
    expect(plan.parts[0]?.weight).toBeGreaterThan(plan.parts[1]?.weight ?? 1);
  });
  test("a document that answers every part scores one, half of them half", () => {
    const plan = planQuery(query, vectors, [], () => undefined, statistics);
    expect(lateScore(plan, Float32Array.of(1, 1)).score).toBeCloseTo(1);
    expect(lateScore(plan, Float32Array.of(1, 0)).score).toBeCloseTo(0.5);
  });
  test("a glossary term answers for its span, and says so", () => {
    const span = { range: [3, 5] as const, spelling: "추론", equivalents: ["reasoning"] };
    const plan = planQuery(query, vectors, [span], () => tokens([[0, 9, 3]]), statistics);
    expect(plan.count).toBe(3);
    const late = lateScore(plan, Float32Array.of(1, 0.1, 0.9));
    expect(late.parts[1]).toEqual({ score: expect.closeTo(0.9), reading: 1 });
    expect(plan.parts[1]?.readings[1]?.text).toBe("reasoning");
  });
  test("a term without vectors changes nothing", () => {
    const span = { range: [3, 5] as const, spelling: "추론", equivalents: ["reasoning"] };
    expect(planQuery(query, vectors, [span], () => undefined, statistics).count).toBe(2);
  });
  test("grammar weighs little", () => {
    const plan = planQuery(
      "how 추론",
      tokens([
        [0, 3, 0],
        [4, 6, 1],
      ]),
      [],
      () => undefined,
      statistics,
    );
    expect(plan.parts.map((part) => part.grammar)).toEqual([true, false]);
    expect(plan.parts[0]?.weight).toBeLessThan(0.25);
  });
  test("maxima are those of each column, scaled", () => {
    const products = fc.array(
      fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(products, (rows) => {
        const maxima = maximaOf(Float32Array.from(rows.flat()), 2, 0.5);
        expect([...maxima]).toEqual([0, 1].map((k) => Math.max(...rows.map((row) => row[k] ?? 0)) * 0.5));
      }),
    );
  });
});
