/** Places for papers that come to a map. */
import { nearestAmong } from "./nearest-papers.ts";
import { type PaperRows, paperRows } from "./paper-rows.ts";
import type { MapPosition } from "./types.ts";
import { positionAt } from "./unit-square.ts";

/** Papers that lie on the map already, with their vectors: row `i` belongs to position `i`. */
export interface Placed {
  /** By paper id: of equally near papers the first one counts. */
  readonly positions: readonly MapPosition[];
  readonly rows: PaperRows;
}

/** A paper that comes lies amid this many of its nearest. */
const neighbours = 5;
/** Cosines of this encoder lie close together, so differences are stretched before they weigh. */
const stretch = 20;

/**
 * Gives each paper the mean of its nearest papers' places, weighted by similarity.
 *
 * @param coming L2-normalised vectors by paper id.
 * @param placed one paper or more.
 */
export function joinMap(coming: ReadonlyMap<string, Float32Array>, placed: Placed): readonly MapPosition[] {
  const size = Math.min(neighbours, placed.positions.length);
  const { points, distances } = nearestAmong(paperRows([...coming.values()]), placed.rows, size);
  return [...coming.keys()].map((id, index) => {
    let [x, y, total] = [0, 0, 0];
    for (let at = index * size; at < (index + 1) * size; at++) {
      const position = placed.positions[points[at] ?? 0];
      const weight = Math.exp(-stretch * (distances[at] ?? 0));
      x += weight * (position?.x ?? 0);
      y += weight * (position?.y ?? 0);
      total += weight;
    }
    return positionAt(id, x / total, y / total);
  });
}
