/** Tests of the map's layout: the same every time, steady when papers come, always inside the picture. */
import { expect, test } from "vitest";
import { layOutMap, type MapPosition } from "./lay-out-map.ts";
import { seededRandom } from "./seeded-random.ts";

/** Papers in two groups whose vectors point in two directions, with a little noise. */
function papers(count: number): ReadonlyMap<string, Float32Array> {
  const random = seededRandom(7);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const vector = Float32Array.from({ length: 8 }, () => 0.2 * random());
      vector[index % 2] = 1;
      const length = Math.hypot(...vector);
      return [`글/${String(index).padStart(3, "0")}`, vector.map((value) => value / length)] as const;
    }),
  );
}

function inside(layout: readonly MapPosition[]): boolean {
  return layout.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1);
}

function distance(a: MapPosition | undefined, b: MapPosition | undefined): number {
  return Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0));
}

test("the same vectors in any order give the same places, sorted by id and inside the unit square", () => {
  const vectors = papers(40);
  const layout = layOutMap(vectors, []);
  expect(layOutMap(new Map([...vectors].reverse()), [])).toEqual(layout);
  expect(layout.map(({ id }) => id)).toEqual([...vectors.keys()].sort());
  expect(inside(layout)).toBe(true);
});

test("a paper's neighbours on the map are those in meaning", () => {
  const layout = layOutMap(papers(40), []);
  const sameGroup = layout.filter((own, index) => {
    const nearest = layout
      .map((other, place) => ({ place, far: place === index ? Infinity : distance(own, other) }))
      .sort((a, b) => a.far - b.far)[0];
    return nearest !== undefined && nearest.place % 2 === index % 2;
  });
  expect(sameGroup.length).toBeGreaterThan(35);
});

test("when a paper comes, the others stay where they were and it lies amid its nearest", () => {
  const vectors = papers(40);
  const before = layOutMap(vectors, []);
  const twin = vectors.get("글/004") ?? new Float32Array();
  const after = layOutMap(new Map([...vectors, ["글/새", twin]]), before);
  expect(after.filter(({ id }) => id !== "글/새")).toEqual(before);
  const added = after.find(({ id }) => id === "글/새");
  const even = before.filter((_, index) => index % 2 === 0);
  const odd = before.filter((_, index) => index % 2 === 1);
  const nearestOf = (group: readonly MapPosition[]) => Math.min(...group.map((one) => distance(one, added)));
  expect(nearestOf(even)).toBeLessThan(nearestOf(odd));
});

test("papers that are gone leave the map", () => {
  const vectors = papers(10);
  const before = layOutMap(vectors, []);
  const left = new Map([...vectors].slice(1));
  expect(layOutMap(left, before)).toEqual(before.slice(1));
});

test("a map on which less than four fifths would stay is drawn anew", () => {
  const vectors = papers(10);
  const corner = [...vectors.keys()].slice(0, 7).map((id) => ({ id, x: 0, y: 0 }));
  expect(layOutMap(vectors, corner)).toEqual(layOutMap(vectors, []));
});

test.each([0, 1, 2, 3, 4, 5])("%d papers lie inside, each in a place of its own", (count) => {
  const layout = layOutMap(papers(count), []);
  expect(layout).toHaveLength(count);
  expect(inside(layout)).toBe(true);
  expect(new Set(layout.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
});

test("papers of one and the same vector still get numbers for places", () => {
  const same = Float32Array.from([1, 0, 0]);
  const vectors = new Map(Array.from({ length: 6 }, (_, index) => [`p${index}`, same] as const));
  expect(inside(layOutMap(vectors, []))).toBe(true);
});
