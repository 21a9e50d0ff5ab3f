/** The late-interaction score against its formula, on small vectors. */
import { describe, expect, test } from "vitest";
import type { TokenVectors } from "../model/chunk.ts";
import { lateScore, planQuery, rowsOfParts, scaled, withConcepts } from "./late-interaction.ts";

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
  test("the maxima of one document are taken from those of all, and scaled", () => {
    expect([...scaled(Float32Array.of(1, 2, 3, 4), 1, 2, 0.5)]).toEqual([1.5, 2]);
  });
  test("the parts' rows are all but those of concepts", () => {
    const plan = planQuery(query, vectors, [], () => undefined, statistics);
    const term = tokens([[0, 4, 3]]);
    const whole = withConcepts(plan, [{ name: "c", closeness: 1, terms: ["term"] }], () => term, statistics);
    expect([plan.count, whole.count]).toEqual([2, 3]);
    expect(rowsOfParts(whole)).toEqual({ rows: plan.rows, count: 2 });
  });
  test("a term of the glossary and of two concepts is multiplied once, and answers for all of them", () => {
    const span = { range: [3, 5] as const, spelling: "추론", equivalents: ["reasoning"] };
    const term = tokens([[0, 9, 3]]);
    const plan = planQuery(query, vectors, [span], () => term, statistics);
    const concepts = ["one", "two"].map((name) => ({ name, closeness: 1, terms: ["reasoning", name] }));
    const whole = withConcepts(plan, concepts, () => term, statistics);
    expect([plan.count, whole.count]).toEqual([3, 5]);
    const late = lateScore(whole, Float32Array.of(0, 0, 0.9, 0.1, 0.1));
    expect(late.parts[1]).toMatchObject({ reading: 1 });
    expect(late.concept).toMatchObject({ concept: 0, reading: 0, score: expect.closeTo(0.9) });
  });
});
