/** The corpus as the picture needs it, in columns: what a thousand papers have in common is said once, not a thousand times. */
import type { MapPoint } from "@nonmun/core/contract";
import { paperPath } from "#lib/api/client.ts";
import { type Point, picture } from "./points.ts";

/** Row `i` of each column is one paper; `org` and `month` are places in their lists, -1 for none. */
export interface MapPlaces {
  /** Changes when the papers or their order do: columns that travel later belong to it. */
  readonly stamp: string;
  /** Units of the picture. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly orgs: readonly string[];
  readonly org: readonly number[];
  readonly months: readonly string[];
  readonly month: readonly number[];
}

/** What a name, a link and the reading need: loaded once the page runs. */
export interface MapPapers {
  readonly stamp: string;
  readonly ids: readonly string[];
  readonly titles: readonly string[];
  readonly dates: readonly (string | null)[];
}

/** Layout coordinates run from 0 to 1; the picture keeps a margin for the points at its edge. */
export function placesOf(points: readonly MapPoint[]): MapPlaces {
  const orgs = [...new Set(points.flatMap(({ paper }) => paper.orgs.slice(0, 1)))];
  const months = [...new Set(points.flatMap(({ paper }) => paper.date?.slice(0, 7) ?? []))].sort();
  return {
    stamp: stampOf(points),
    x: points.map(({ x }) => spread(x, picture.width)),
    y: points.map(({ y }) => spread(y, picture.height)),
    orgs,
    org: points.map(({ paper }) => orgs.indexOf(paper.orgs[0] ?? "")),
    months,
    month: points.map(({ paper }) => months.indexOf(paper.date?.slice(0, 7) ?? "")),
  };
}

export function papersOf(points: readonly MapPoint[]): MapPapers {
  return {
    stamp: stampOf(points),
    ids: points.map(({ paper }) => paper.id),
    titles: points.map(({ paper }) => paper.title),
    dates: points.map(({ paper }) => paper.date),
  };
}

/** The columns as points. Papers of another stamp are not used: their rows are others. */
export function pointsOf(places: MapPlaces, papers: MapPapers | null): readonly Point[] {
  const named = papers?.stamp === places.stamp ? papers : null;
  return places.x.map((x, at) => ({
    at,
    x,
    y: places.y[at] ?? 0,
    org: places.orgs[places.org[at] ?? -1] ?? null,
    month: places.months[places.month[at] ?? -1] ?? null,
    title: named?.titles[at] ?? null,
    href: named === null ? null : paperPath(named.ids[at] ?? "").replace(/^\/api/u, ""),
    date: named?.dates[at] ?? null,
  }));
}

/** A place from 0 to 1 in units of the picture. */
export function spread(share: number, size: number): number {
  return Math.round(picture.margin + share * (size - 2 * picture.margin));
}

/** FNV-1a over ids and places. */
function stampOf(points: readonly MapPoint[]): string {
  let hash = 0x811c9dc5;
  for (const { paper, x, y } of points) {
    for (const letter of `${paper.id} ${x} ${y}`)
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
