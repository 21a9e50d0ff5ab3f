/** Tests of the map's layout: the same every time, kept when papers come, near what is near. */
import { describe, expect, it } from "vitest";
import { layOutMap } from "./lay-out-map.ts";
import { groupOf, groupedPapers as papers, papersOf } from "./map-for-tests.ts";
import { seededRandom } from "./seeded-random.ts";
import type { MapPosition } from "./types.ts";

const layOut = (vectors: ReadonlyMap<string, Float32Array>, before: readonly MapPosition[] = []) =>
  layOutMap(papersOf(vectors), before);

function distance(a: MapPosition, b: MapPosition): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const inside = ({ x, y }: MapPosition) => x >= 0 && x <= 1 && y >= 0 && y <= 1;

describe("a layout", () => {
  it("is the same for the same papers, in whatever order they come", async () => {
    const vectors = papers(3);
    const layout = await layOut(vectors);
    expect(await layOut(new Map([...vectors].reverse()))).toEqual(layout);
    expect(layout.map(({ id }) => id)).toEqual([...vectors.keys()].sort());
  });

  it("fills both axes from 0 to 1", async () => {
    const layout = await layOut(papers(3));
    expect(layout.every(inside)).toBe(true);
    for (const axis of ["x", "y"] as const) {
      const values = layout.map((position) => position[axis]);
      expect([Math.min(...values), Math.max(...values)]).toEqual([0, 1]);
    }
  });

  it("puts similar papers nearer to each other than dissimilar ones", async () => {
    const layout = await layOut(papers(3));
    const pairs = layout.flatMap((a, i) => layout.slice(i + 1).map((b) => [a, b] as const));
    const of = (same: boolean) =>
      mean(pairs.filter(([a, b]) => (groupOf(a) === groupOf(b)) === same).map(([a, b]) => distance(a, b)));
    expect(of(true)).toBeLessThan(of(false) / 2);
  });
});

describe("few papers", () => {
  for (const count of [0, 1, 2, 3, 4, 5]) {
    it(`have a place each: ${count}`, async () => {
      const vectors = new Map([...papers(5, 1)].slice(0, count));
      const layout = await layOut(vectors);
      expect(layout.map(({ id }) => id)).toEqual([...vectors.keys()]);
      expect(layout.every(inside)).toBe(true);
      expect(new Set(layout.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
    });
  }

  it("that are one lie in the middle", async () => {
    expect(await layOut(papers(1, 1))).toEqual([{ id: "0-0", x: 0.5, y: 0.5 }]);
  });
});

describe("a paper that comes", () => {
  const vectors = papers(3);
  const newest = "1-11";

  async function join() {
    const before = await layOut(new Map([...vectors].filter(([id]) => id !== newest)));
    return { before, layout: await layOut(vectors, before) };
  }

  it("leaves the others where they were", async () => {
    const { before, layout } = await join();
    expect(layout.filter(({ id }) => id !== newest)).toEqual(before);
  });

  it("is put amid those that it is like", async () => {
    const { before, layout } = await join();
    const own = layout.find(({ id }) => id === newest) ?? { id: newest, x: -1, y: -1 };
    const nearest = before.toSorted((a, b) => distance(a, own) - distance(b, own)).slice(0, 3);
    expect(nearest.map(groupOf)).toEqual(["1", "1", "1"]);
  });
});

it("drops the place of a paper that has gone, and keeps the others", async () => {
  const vectors = papers(3);
  const before = await layOut(vectors);
  vectors.delete("0-0");
  expect(await layOut(vectors, before)).toEqual(before.filter(({ id }) => id !== "0-0"));
});

it("is drawn anew when most papers had no place before", async () => {
  const before = [{ id: "0-0", x: 0.123, y: 0.456 }];
  expect(await layOut(papers(3), before)).toEqual(await layOut(papers(3)));
});

describe("random numbers from a seed", () => {
  it("are the same from the same seed, others from another, and from 0 to 1", () => {
    const take = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed));
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
    expect(take(1).every((value) => value >= 0 && value < 1)).toBe(true);
    expect(mean(take(1))).toBeCloseTo(0.5, 1);
  });
});
