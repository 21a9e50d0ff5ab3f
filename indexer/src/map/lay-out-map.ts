/** Where each paper lies on the map: near what is near in meaning, and where it lay before as far as possible. */
import { drawMap } from "./draw-map.ts";
import { joinMap, type Placed } from "./join-map.ts";
import { paperRows } from "./paper-rows.ts";
import type { MapPapers, MapPosition } from "./types.ts";
import { ring } from "./unit-square.ts";

/**
 * Most papers that are compared with all others: of more than this a sample is drawn, and others join it; of a map that is
 * kept, a sample stands for all in which a new paper looks for its nearest. At 384 dimensions their vectors take 6 MB.
 */
const sampleLimit = 2000;
/** Papers whose vectors are asked for at once. */
const papersAtOnce = 1000;
/** Below this share of papers that lay on the map before, it is drawn anew. */
const keptShare = 0.8;

/**
 * A layout of all papers. When most of them have a place already, they keep it and the new ones are put amid their nearest, so
 * that a reader finds the map as it was; then only the vectors of new papers and of a sample are asked for, or none.
 *
 * @returns places sorted by paper id; the same input gives the same places. A paper that has no vector has no place.
 */
export async function layOutMap(
  papers: MapPapers,
  before: readonly MapPosition[],
): Promise<readonly MapPosition[]> {
  const ids = papers.ids.toSorted();
  const all = new Set(ids);
  const kept = before.filter(({ id }) => all.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  if (kept.length > 0 && kept.length >= ids.length * keptShare) {
    return withNewcomers({ ...papers, ids }, kept, () => sampleOf(papers, kept));
  }
  if (ids.length < 4) return ring(ids);
  const drawn = await draw(papers, evenSample(ids, sampleLimit));
  return withNewcomers({ ...papers, ids }, drawn.positions, async () => drawn);
}

async function draw(papers: MapPapers, ids: readonly string[]): Promise<Placed> {
  const vectors = await vectorsOf(papers, ids);
  const found = ids.filter((id) => vectors.has(id));
  const rows = paperRows(found.flatMap((id) => vectors.get(id) ?? []));
  return { positions: await drawMap(found, rows), rows };
}

async function sampleOf(papers: MapPapers, kept: readonly MapPosition[]): Promise<Placed> {
  const sample = evenSample(kept, sampleLimit);
  const vectors = await vectorsOf(
    papers,
    sample.map(({ id }) => id),
  );
  const positions = sample.filter(({ id }) => vectors.has(id));
  return { positions, rows: paperRows(positions.flatMap(({ id }) => vectors.get(id) ?? [])) };
}

/** @param sample asked for only when there are newcomers. */
async function withNewcomers(
  papers: MapPapers,
  placed: readonly MapPosition[],
  sample: () => Promise<Placed>,
): Promise<readonly MapPosition[]> {
  const places = new Map(placed.map((position) => [position.id, position]));
  const newcomers = papers.ids.filter((id) => !places.has(id));
  if (newcomers.length === 0) return placed;
  const amid = await sample();
  for (const some of inParts(newcomers)) {
    for (const position of joinMap(await papers.vectors(some), amid)) places.set(position.id, position);
  }
  return papers.ids.flatMap((id) => places.get(id) ?? []);
}

async function vectorsOf(
  papers: MapPapers,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const vectors = new Map<string, Float32Array>();
  for (const some of inParts(ids)) {
    for (const [id, vector] of await papers.vectors(some)) vectors.set(id, vector);
  }
  return vectors;
}

function inParts(ids: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / papersAtOnce);
  return Array.from({ length: count }, (_, part) =>
    ids.slice(part * papersAtOnce, (part + 1) * papersAtOnce),
  );
}

/** As many as `limit`, at even distances: of papers in the order of their ids some of each post and of each time. */
function evenSample<T>(all: readonly T[], limit: number): readonly T[] {
  if (all.length <= limit) return all;
  return Array.from({ length: limit }, (_, index) => all[Math.floor((index * all.length) / limit)] as T);
}
