/** A map drawn anew. */
import { descend } from "./descend.ts";
import { fuzzyGraph } from "./fuzzy-graph.ts";
import { alongMainAxes } from "./main-axes.ts";
import { nearestPapers } from "./nearest-papers.ts";
import type { PaperRows } from "./paper-rows.ts";
import { seededRandom } from "./seeded-random.ts";
import type { MapPosition } from "./types.ts";
import { toUnitSquare } from "./unit-square.ts";

/** More keep little more of the neighbours and take longer in proportion: docs/decisions/map-at-index-time.md has the figures. */
const rounds = 100;
/** Each paper is drawn to this many of its nearest: with itself the 15 that are usual. */
const mapNeighbours = 14;
/** The layout begins within this far of the middle, as the method's own programs do. */
const extent = 10;
/** Any number would do; the same one gives the same map. */
const seed = 20_251_029;

/**
 * A 2-D layout by UMAP (McInnes, Healy, Melville 2018, arXiv 1802.03426) over cosine distance.
 *
 * @param ids one for each row, two or more.
 * @param rows L2-normalised; all are compared with all.
 */
export async function drawMap(ids: readonly string[], rows: PaperRows): Promise<readonly MapPosition[]> {
  const random = seededRandom(seed);
  const nearest = await nearestPapers(rows, Math.min(mapNeighbours, rows.count - 1));
  const graph = fuzzyGraph(nearest, rows.count);
  const places = alongMainAxes(rows, extent, random);
  await descend(places, graph, { rounds, random });
  return toUnitSquare(ids, places);
}
