/** The map: names never overlap, arrows go where they point, colours are few, a drawing picks what it encloses. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fakePapers } from "../testing/fake-papers.ts";
import { areaText, drawnArea, isInside, parseArea, rectangle } from "./area.ts";
import { labelSizes, placeLabels } from "./labels.ts";
import { papersOf, placesOf, pointsOf } from "./places.ts";
import { coloursOf, dotsOf, nearestPoint, neighbour, type Point, picture } from "./points.ts";
import { tablePage } from "./table.ts";
import { seen, under, wholeView, zoomed } from "./view.ts";

function point(at: number, x: number, y: number, org: string | null = null): Point {
  return { at, title: `논문 ${at}`, href: `/papers/${at}`, org, month: "2025-10", date: "2025-10-29", x, y };
}

const places = fc.record({
  x: fc.integer({ min: 0, max: picture.width }),
  y: fc.integer({ min: 0, max: picture.height }),
});
const mapPoints = fakePapers.map(({ summary }, at) => ({ paper: summary, x: (at % 10) / 10, y: at / 100 }));

test("no two names overlap, wherever the points lie and however far it is zoomed", () => {
  fc.assert(
    fc.property(
      fc.array(places, { maxLength: 40 }),
      fc.double({ min: 1, max: 9, noNaN: true }),
      (found, factor) => {
        const points = found.map(({ x, y }, at) => point(at, x, y));
        const topics = found.slice(0, 12).map(({ x, y }, at) => ({ name: `주제 ${at}`, x, y }));
        const labels = placeLabels(points, topics, zoomed(wholeView, factor, { x: 500, y: 300 }), 1);
        for (const [at, a] of labels.entries()) {
          for (const b of labels.slice(at + 1)) {
            const apart =
              Math.abs(a.y - b.y) >= labelSizes.title || Math.abs(a.x - b.x) >= labelSizes.title * 2;
            expect(apart).toBe(true);
          }
        }
      },
    ),
    { numRuns: 50 },
  );
});

test("an arrow goes to the point straight ahead before a nearer one at the side", () => {
  const from = point(0, 500, 300);
  const points = [from, point(1, 600, 305), point(2, 540, 380), point(3, 480, 300)];
  expect(neighbour(points, from, "ArrowRight")?.at).toBe(1);
  expect(neighbour(points, from, "ArrowLeft")?.at).toBe(3);
  expect(neighbour(points, from, "Enter")).toBeNull();
});

test("eight values have a colour, the others share one, and all papers are counted", () => {
  const points = Array.from({ length: 30 }, (_, at) => point(at, at, at, at === 0 ? null : `org-${at % 12}`));
  const colours = coloursOf(points, "org");
  expect(colours.map(({ hue }) => hue)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 0]);
  expect(colours.reduce((sum, { count }) => sum + count, 0)).toBe(30);
});

test("every point is drawn once, and what has faded below what is bright", () => {
  const points = [point(0, 1, 2, "a"), point(1, 3, 4, "b"), point(2, 5, 6, "a")];
  const dots = dotsOf(points, coloursOf(points, "org"), "org", new Set([2]));
  expect(dots.map(({ faded, path }) => [faded, path])).toEqual([
    [true, "M1 2h0"],
    [true, "M3 4h0"],
    [false, "M5 6h0"],
  ]);
});

test("a zoom keeps the place under the pointer and never leaves the picture", () => {
  const view = zoomed(wholeView, 2, { x: 250, y: 100 });
  expect(seen(view, { x: 250, y: 100 })).toEqual({ x: 250, y: 100 });
  expect(under(view, seen(view, { x: 7, y: 8 }))).toEqual({ x: 7, y: 8 });
  expect(zoomed(view, 0.01, { x: 0, y: 0 })).toEqual(wholeView);
});

test("the pointer picks the nearest point, and none that is far", () => {
  const points = [point(0, 100, 100), point(1, 110, 100)];
  expect(nearestPoint(points, { x: 107, y: 100 }, 14)?.at).toBe(1);
  expect(nearestPoint(points, { x: 300, y: 100 }, 14)).toBeNull();
});

test("a drawing picks what it encloses, survives the address, and nonsense there is no drawing", () => {
  const square = rectangle({ x: 100, y: 100 }, { x: 200, y: 200 }, 5);
  expect([150, 94, 206].map((x) => isInside(square, { x, y: 150 }))).toEqual([true, false, false]);
  expect(parseArea(areaText(square))).toEqual(square);
  for (const text of [null, "", "1.2", "1.2.3.4", "a.b.c.d.e.f", "1.2.3.4.5.6.7"])
    expect(parseArea(text)).toBeNull();
});

test("however long the way, the drawing has few corners; a mere touch is none", () => {
  const way = Array.from({ length: 2000 }, (_, at) => ({
    x: 500 + 300 * Math.cos(at / 318),
    y: 300 + 200 * Math.sin(at / 318),
  }));
  const area = drawnArea(way);
  expect(parseArea(areaText(area ?? []))?.length).toBeLessThanOrEqual(48);
  expect(isInside(area ?? [], { x: 500, y: 300 })).toBe(true);
  expect(drawnArea([{ x: 1, y: 1 }])).toBeNull();
});

test("columns hold what the points hold, and names of another map are not used", () => {
  const columns = placesOf(mapPoints);
  const [first] = pointsOf(columns, papersOf(mapPoints));
  expect(first).toMatchObject({
    title: mapPoints[0]?.paper.title,
    href: mapPoints[0]?.paper.href,
    org: mapPoints[0]?.paper.orgs[0] ?? null,
    month: mapPoints[0]?.paper.date?.slice(0, 7) ?? null,
  });
  expect(pointsOf(columns, papersOf(mapPoints.slice(1)))[0]?.title).toBeNull();
});

test("the table has a page of the chosen papers, newest first, and a page that isn't there is the last", () => {
  const all = mapPoints.map((_, at) => at);
  const { rows, pages, total } = tablePage(mapPoints, all, 1);
  expect([rows.length, pages, total]).toEqual([50, 2, 60]);
  const dates = rows.map(({ date }) => date ?? "");
  expect(dates).toEqual(dates.toSorted().reverse());
  expect(tablePage(mapPoints, all, 99)).toMatchObject({ page: 2 });
  expect(tablePage(mapPoints, [3], Number.NaN).rows.map(({ title }) => title)).toEqual([
    mapPoints[3]?.paper.title,
  ]);
});
