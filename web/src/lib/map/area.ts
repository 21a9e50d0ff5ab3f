/** A piece of the map that someone drew: a polygon that fits into an address. */

export interface Place {
  readonly x: number;
  readonly y: number;
}

export type Area = readonly Place[];

/** Corners of an area in an address; a lasso with more of them is no better. */
const cornersMax = 48;
/** Units of the picture between two corners that a hand means to be two. */
const stride = 8;

/** `120.300.140.320.…`: x and y in turn. What is no polygon is null, never an error. */
export function parseArea(text: string | null): Area | null {
  if (text === null || !/^\d{1,4}(?:\.\d{1,4})+$/u.test(text)) return null;
  const numbers = text.split(".").map(Number);
  if (numbers.length < 6 || numbers.length % 2 !== 0 || numbers.length > 2 * cornersMax) return null;
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    x: numbers[2 * at] ?? 0,
    y: numbers[2 * at + 1] ?? 0,
  }));
}

export function areaText(area: Area): string {
  return area.flatMap(({ x, y }) => [Math.max(Math.round(x), 0), Math.max(Math.round(y), 0)]).join(".");
}

/** Even-odd rule: a loop that crosses itself leaves its middle out. */
export function isInside(area: Area, { x, y }: Place): boolean {
  let inside = false;
  for (const [at, a] of area.entries()) {
    const b = area.at(at - 1) ?? a;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** The way of a pointer with as few corners as say the same; null when it encloses nothing. */
export function drawnArea(way: readonly Place[]): Area | null {
  const corners: Place[] = [];
  for (const place of way) {
    const last = corners.at(-1);
    if (last === undefined || Math.hypot(place.x - last.x, place.y - last.y) >= stride) corners.push(place);
  }
  const step = Math.max(1, Math.ceil(corners.length / cornersMax));
  const kept = corners.filter((_, at) => at % step === 0);
  return kept.length < 3 ? null : kept;
}

/** The rectangle between two points, with a margin so that both are inside. */
export function rectangle(a: Place, b: Place, margin: number): Area {
  const [left, right] = [Math.min(a.x, b.x) - margin, Math.max(a.x, b.x) + margin];
  const [top, bottom] = [Math.min(a.y, b.y) - margin, Math.max(a.y, b.y) + margin];
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}
