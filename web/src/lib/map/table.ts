/** The map's papers as rows, a page at a time: the same facts for those who can't use the picture. */
import type { MapPoint } from "@nonmun/core/contract";

export interface TableRow {
  readonly title: string;
  readonly href: string;
  readonly org: string | null;
  readonly date: string | null;
  /** The paper nearest to this one on the whole map. */
  readonly nearest: { readonly title: string; readonly href: string } | null;
}

export interface TablePage {
  readonly rows: readonly TableRow[];
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
}

const rowsMax = 50;

/**
 * Rows of the papers at `chosen` places of the list, newest first.
 *
 * @param wanted a page from 1; one that there is none of becomes the nearest that there is
 */
export function tablePage(points: readonly MapPoint[], chosen: readonly number[], wanted: number): TablePage {
  const sorted = chosen
    .flatMap((at) => points[at] ?? [])
    .toSorted((a, b) => (b.paper.date ?? "").localeCompare(a.paper.date ?? ""));
  const pages = Math.max(1, Math.ceil(sorted.length / rowsMax));
  const page = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 1), pages) : 1;
  const rows = sorted.slice((page - 1) * rowsMax, page * rowsMax).map((point) => {
    const { title, href, orgs, date } = point.paper;
    const nearest = nearestTo(point, points)?.paper;
    return {
      title,
      href,
      org: orgs[0] ?? null,
      date,
      nearest: nearest === undefined ? null : { title: nearest.title, href: nearest.href },
    };
  });
  return { rows, total: sorted.length, page, pages };
}

function nearestTo(point: MapPoint, points: readonly MapPoint[]): MapPoint | null {
  let best: MapPoint | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const other of points) {
    const distance = (other.x - point.x) ** 2 + (other.y - point.y) ** 2;
    if (other !== point && distance < least) {
      best = other;
      least = distance;
    }
  }
  return best;
}
