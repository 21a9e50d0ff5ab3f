/** The corpus as points of a picture: places, colours, nearest neighbours. */
import type { MapPoint } from "@nonmun/core/contract";

/** Size of the picture in its own units; it is scaled to the window. */
export const picture = { width: 1000, height: 620, margin: 36 } as const;

export interface Point {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly org: string | null;
  readonly date: string | null;
  /** Units of the picture. */
  readonly x: number;
  readonly y: number;
  /** Position in the list of the paper nearest to this one on the map, or null for the only paper. */
  readonly nearest: number | null;
}

/** Layout coordinates run from 0 to 1; the picture keeps a margin for the points at its edge. */
export function placePoints(points: readonly MapPoint[]): readonly Point[] {
  const placed = points.map(({ paper, x, y }) => ({
    id: paper.id,
    title: paper.title,
    href: paper.href,
    org: paper.orgs[0] ?? null,
    date: paper.date,
    x: Math.round(picture.margin + x * (picture.width - 2 * picture.margin)),
    y: Math.round(picture.margin + y * (picture.height - 2 * picture.margin)),
  }));
  return placed.map((point) => ({ ...point, nearest: nearestTo(point, placed) }));
}

interface Located {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

function nearestTo(point: Located, points: readonly Located[]): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, other] of points.entries()) {
    const distance = (other.x - point.x) ** 2 + (other.y - point.y) ** 2;
    if (other.id !== point.id && distance < least) {
      best = at;
      least = distance;
    }
  }
  return best;
}

export type ColourBy = "org" | "year";

export interface Colour {
  /** Null is everything that has no colour of its own. */
  readonly value: string | null;
  /** 1 to 8, or 0 for the rest: a class in the style sheet. */
  readonly hue: number;
  readonly count: number;
}

const hues = 8;

export function colourKey(point: Point, by: ColourBy): string | null {
  return by === "org" ? point.org : (point.date?.slice(0, 4) ?? null);
}

/** The most frequent values get a hue each, the others share grey. Years keep their order, so that hues follow time. */
export function coloursOf(points: readonly Point[], by: ColourBy): readonly Colour[] {
  const groups = [...Map.groupBy(points, (point) => colourKey(point, by))].flatMap(([value, same]) =>
    value === null ? [] : [{ value, count: same.length }],
  );
  const frequent = groups
    .toSorted((a, b) => b.count - a.count || a.value.localeCompare(b.value))
    .slice(0, hues);
  const ordered = by === "year" ? frequent.toSorted((a, b) => b.value.localeCompare(a.value)) : frequent;
  const named = ordered.map((group, at) => ({ ...group, hue: at + 1 }));
  const rest = points.length - named.reduce((sum, { count }) => sum + count, 0);
  return rest > 0 ? [...named, { value: null, hue: 0, count: rest }] : named;
}

/** The next point from `from` in the direction of an arrow key: the one with the least detour. */
export function neighbour(points: readonly Point[], from: Point, key: string): Point | null {
  const direction = directions[key];
  if (direction === undefined) return null;
  const [dx, dy] = direction;
  let best: Point | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const along = (point.x - from.x) * dx + (point.y - from.y) * dy;
    const across = Math.abs((point.x - from.x) * dy) + Math.abs((point.y - from.y) * dx);
    // Twice the detour: a point straight ahead is preferred to a nearer one at the side.
    const cost = along + 2 * across;
    if (point.id !== from.id && along > 0 && cost < least) {
      best = point;
      least = cost;
    }
  }
  return best;
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};
