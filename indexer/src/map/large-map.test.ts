/** Tests of maps of more papers than are compared with all: what is asked for, and where the others lie. */
import { expect, it } from "vitest";
import { layOutMap } from "./lay-out-map.ts";
import { groupedPapers, groupOf, papersOf } from "./map-for-tests.ts";
import type { MapPosition } from "./types.ts";

const limit = 2000;
const vectors = groupedPapers(3, 701);
const sorted = [...vectors.keys()].sort();
const drawn = layOutMap(papersOf(vectors), []);
const without = (...ids: readonly string[]) => new Map([...vectors].filter(([id]) => !ids.includes(id)));
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, d) => sum + value * (b[d] ?? 0), 0);

/** The mean of the five nearest, worked out the plain way. */
function amid(id: string, placed: readonly MapPosition[]): { readonly x: number; readonly y: number } {
  const own = vectors.get(id) ?? new Float32Array();
  const nearest = placed
    .map((position) => ({ ...position, weight: Math.exp(20 * dot(own, vectors.get(position.id) ?? own)) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 5);
  const total = nearest.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (axis: "x" | "y") =>
    nearest.reduce((sum, position) => sum + position[axis] * position.weight, 0) / total;
  return { x: mean("x"), y: mean("y") };
}

it("draws a sample and puts every other paper amid its nearest of it, asking for each vector once, some at a time", async () => {
  const layout = await drawn;
  const papers = papersOf(new Map([...vectors].reverse()));
  expect(await layOutMap(papers, [])).toEqual(layout);
  expect(layout.map(({ id }) => id)).toEqual(sorted);

  expect(papers.asked.map((ids) => ids.length)).toEqual([1000, 1000, sorted.length - limit]);
  expect(papers.asked.flat().sort()).toEqual(sorted);
  const sample = new Set(papers.asked.slice(0, 2).flat());
  const ofSample = layout.filter(({ id }) => sample.has(id));
  for (const position of layout.filter(({ id }) => !sample.has(id))) {
    const expected = amid(position.id, ofSample);
    expect(position.x).toBeCloseTo(expected.x, 3);
    expect(position.y).toBeCloseTo(expected.y, 3);
  }
});

it("keeps a map to which one paper comes, and asks for that one's vector and those of a sample", async () => {
  const before = (await drawn).filter(({ id }) => id !== "1-350");
  const papers = papersOf(vectors);
  const layout = await layOutMap(papers, before);
  expect(layout.filter(({ id }) => id !== "1-350")).toEqual(before);

  expect(papers.asked.map((ids) => ids.length)).toEqual([1000, 1000, 1]);
  const sample = new Set(papers.asked.slice(0, 2).flat());
  expect(new Set([...sample].map((id) => groupOf({ id })))).toEqual(new Set(["0", "1", "2"]));
  const expected = amid(
    "1-350",
    before.filter(({ id }) => sample.has(id)),
  );
  const own = layout.find(({ id }) => id === "1-350");
  expect(own?.x).toBeCloseTo(expected.x, 3);
  expect(own?.y).toBeCloseTo(expected.y, 3);
});

it("asks for no vector when papers have only gone", async () => {
  const before = await drawn;
  const papers = papersOf(without("0-0", "2-700"));
  expect(await layOutMap(papers, before)).toEqual(before.filter(({ id }) => papers.ids.includes(id)));
  expect(papers.asked).toEqual([]);
});

it("crosses the limit without moving what lay on the map", async () => {
  const few = new Map(sorted.slice(0, limit).map((id) => [id, vectors.get(id) ?? new Float32Array()]));
  const before = await layOutMap(papersOf(few), []);
  const layout = await layOutMap(papersOf(vectors), before);
  expect(layout.filter(({ id }) => few.has(id))).toEqual(before);
  expect(layout).toHaveLength(sorted.length);
});
