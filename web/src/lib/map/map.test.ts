/** The map: names never overlap, arrows go where they point, colours are few. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { labelSizes, placeLabels } from "./labels.ts";
import { coloursOf, neighbour, type Point, picture } from "./points.ts";
import { topicsOf } from "./topics.ts";
import { wholeView, zoomed } from "./view.ts";

function point(id: string, x: number, y: number, org: string | null = null): Point {
  return { id, title: id, href: `/papers/${id}`, org, date: "2025-10-29", x, y, nearest: null };
}

const places = fc.record({
  x: fc.integer({ min: 0, max: picture.width }),
  y: fc.integer({ min: 0, max: picture.height }),
});

test("no two names overlap, wherever the points lie and however far it is zoomed", () => {
  fc.assert(
    fc.property(
      fc.array(places, { maxLength: 40 }),
      fc.double({ min: 1, max: 9, noNaN: true }),
      (found, factor) => {
        const points = found.map(({ x, y }, at) => point(`논문 ${at}`, x, y));
        const labels = placeLabels(
          points,
          topicsOf(points),
          zoomed(wholeView, factor, { x: 500, y: 300 }),
          1,
        );
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
  const from = point("from", 500, 300);
  const points = [from, point("ahead", 600, 305), point("beside", 540, 380), point("behind", 480, 300)];
  expect(neighbour(points, from, "ArrowRight")?.id).toBe("ahead");
  expect(neighbour(points, from, "ArrowLeft")?.id).toBe("behind");
  expect(neighbour(points, from, "Enter")).toBeNull();
});

test("eight values have a colour, the others share one, and all papers are counted", () => {
  const points = Array.from({ length: 30 }, (_, at) =>
    point(String(at), at, at, at === 0 ? null : `org-${at % 12}`),
  );
  const colours = coloursOf(points, "org");
  expect(colours.map(({ hue }) => hue)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 0]);
  expect(colours.reduce((sum, { count }) => sum + count, 0)).toBe(30);
});

test("a zoom keeps the place under the pointer and never leaves the picture", () => {
  const view = zoomed(wholeView, 2, { x: 250, y: 100 });
  expect({ x: 250 * view.scale + view.x, y: 100 * view.scale + view.y }).toEqual({ x: 250, y: 100 });
  expect(zoomed(view, 0.01, { x: 0, y: 0 })).toEqual(wholeView);
});
