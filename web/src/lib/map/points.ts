/** Points of the picture: colours, neighbours, and the shapes they are drawn as. */

/** Size of the picture in its own units; it is scaled to the window. */
export const picture = { width: 1000, height: 620, margin: 36 } as const;

export interface Point {
  /** Row in the columns. */
  readonly at: number;
  /** Units of the picture. */
  readonly x: number;
  readonly y: number;
  readonly org: string | null;
  /** `2025-10`. */
  readonly month: string | null;
  /** Null until names are loaded. */
  readonly title: string | null;
  readonly href: string | null;
  readonly date: string | null;
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

export function colourKey(point: Pick<Point, "org" | "month">, by: ColourBy): string | null {
  return by === "org" ? point.org : (point.month?.slice(0, 4) ?? null);
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

export interface Dots {
  readonly hue: number;
  readonly faded: boolean;
  /** A path of one zero-length stroke a point: round caps make them dots, at a tenth of the weight of circles. */
  readonly path: string;
}

/** The points as few shapes: what has faded lies below what is bright, grey below colours. */
export function dotsOf(
  points: readonly Point[],
  colours: readonly Colour[],
  by: ColourBy,
  bright: ReadonlySet<number> | null,
): readonly Dots[] {
  const hueOf = new Map(colours.map(({ value, hue }) => [value, hue]));
  const groups = Map.groupBy(points, (point) => {
    const hue = hueOf.get(colourKey(point, by)) ?? 0;
    return bright === null || bright.has(point.at) ? hue : -1 - hue;
  });
  return [...groups]
    .map(([key, same]) => ({
      hue: key < 0 ? -1 - key : key,
      faded: key < 0,
      path: same.map(({ x, y }) => `M${x} ${y}h0`).join(""),
    }))
    .toSorted((a, b) => Number(b.faded) - Number(a.faded) || a.hue - b.hue);
}

/** The point nearest to a place, within `reach` units; null when there is none. */
export function nearestPoint(
  points: readonly Point[],
  place: { readonly x: number; readonly y: number },
  reach = Number.POSITIVE_INFINITY,
): Point | null {
  let best: Point | null = null;
  let least = reach ** 2;
  for (const point of points) {
    const distance = (point.x - place.x) ** 2 + (point.y - place.y) ** 2;
    if (point !== place && distance <= least) {
      best = point;
      least = distance;
    }
  }
  return best;
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
    if (point.at !== from.at && along > 0 && cost < least) {
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
