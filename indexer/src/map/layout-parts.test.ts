/** Tests of the layout's parts: exact neighbours, a graph that says the same from both ends, axes, attraction. */
import { expect, it } from "vitest";
import { descend } from "./descend.ts";
import { fuzzyGraph } from "./fuzzy-graph.ts";
import { alongMainAxes } from "./main-axes.ts";
import { nearestAmong, nearestPapers } from "./nearest-papers.ts";
import { paperRows } from "./paper-rows.ts";
import { seededRandom } from "./seeded-random.ts";

/** Rows of unit vectors of the plane, by angle. */
const at = (...degrees: number[]) =>
  paperRows(
    degrees.map((angle) =>
      Float32Array.from([Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
    ),
  );

it("finds each point's nearest, nearest first and without itself", async () => {
  const { points, distances } = await nearestPapers(at(0, 10, 30, 90), 2);
  expect([...points]).toEqual([1, 2, 0, 2, 1, 0, 2, 1]);
  expect(distances[0]).toBeCloseTo(1 - Math.cos(Math.PI / 18), 6);
});

it("takes the first of equally near points, and no distance below zero of equal ones", async () => {
  const { points, distances } = await nearestPapers(at(40, 40, 40, 40), 1);
  expect([...points]).toEqual([1, 0, 0, 0]);
  expect([...distances].every((distance) => distance >= 0 && distance < 1e-6)).toBe(true);
});

it("finds the same as comparing each with each, in as many dimensions and points as do not come out even", async () => {
  const random = seededRandom(11);
  const vectors = Array.from({ length: 20 }, () => Float32Array.from({ length: 7 }, () => random() - 0.5));
  const distance = (i: number, j: number) =>
    1 - [...(vectors[i] ?? [])].reduce((sum, value, d) => sum + value * (vectors[j]?.[d] ?? 0), 0);
  const { points } = await nearestPapers(paperRows(vectors), 4);
  for (const [i] of vectors.entries()) {
    const others = [...vectors.keys()].filter((j) => j !== i);
    const nearest = others.sort((a, b) => distance(i, a) - distance(i, b)).slice(0, 4);
    expect([...points.subarray(4 * i, 4 * i + 4)]).toEqual(nearest);
  }
});

it("finds each point's nearest among others, of equally near ones the first", () => {
  const { points, distances } = nearestAmong(at(0, 85, 20, 40), at(90, 0, 30, 30, 60), 2);
  expect([...points]).toEqual([1, 2, 0, 4, 2, 3, 2, 3]);
  expect(distances[0]).toBeCloseTo(0, 6);
  expect(distances[1]).toBeCloseTo(1 - Math.cos(Math.PI / 6), 6);
});

it("weighs an edge the same from both ends, between 0 and 1, and the nearest point's fully", async () => {
  const { from, to, weight } = fuzzyGraph(await nearestPapers(at(0, 10, 30, 90, 100), 2), 5);
  const weights = new Map([...from].map((point, edge) => [`${point} ${to[edge]}`, weight[edge] ?? -1]));
  for (const [ends, value] of weights) {
    expect(weights.get(ends.split(" ").reverse().join(" "))).toBe(value);
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThanOrEqual(1);
  }
  expect(weights.get("0 1")).toBe(1);
  expect(weights.get("3 4")).toBe(1);
});

it("begins along the axis in which points differ most", () => {
  const rows = paperRows([-3, -1, 1, 3].map((x) => Float32Array.from([0.1 * Math.abs(x), x, 0])));
  const places = alongMainAxes(rows, 10, seededRandom(1));
  const xs = [0, 2, 4, 6].map((index) => places[index] ?? 0);
  const rising = (xs[0] ?? 0) < (xs[3] ?? 0) ? xs : xs.toReversed();
  expect(rising).toEqual(rising.toSorted((a, b) => a - b));
  expect(Math.abs(xs[0] ?? 0)).toBeCloseTo(10, 0);
});

it("draws two that belong together to each other, and drives others apart", async () => {
  const places = Float64Array.from([0, 0, 6, 0, 0, 0.01]);
  const graph = {
    from: Int32Array.from([0, 1]),
    to: Int32Array.from([1, 0]),
    weight: Float64Array.from([1, 1]),
  };
  await descend(places, graph, { rounds: 100, random: seededRandom(3) });
  const apart = (i: number, j: number) =>
    Math.hypot(
      (places[2 * i] ?? 0) - (places[2 * j] ?? 0),
      (places[2 * i + 1] ?? 0) - (places[2 * j + 1] ?? 0),
    );
  expect(apart(0, 1)).toBeLessThan(3);
  expect(apart(0, 2)).toBeGreaterThan(apart(0, 1));
});
