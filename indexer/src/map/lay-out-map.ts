/** Where each paper lies on the map: near what is near in meaning, and where it lay before as far as possible. */
import { descend } from "./descend.ts";
import { fuzzyGraph } from "./fuzzy-graph.ts";
import { alongMainAxes } from "./main-axes.ts";
import { nearestPapers } from "./nearest-papers.ts";
import { seededRandom } from "./seeded-random.ts";

/** A paper's place; both coordinates from 0 to 1. */
export interface MapPosition {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** The nearest papers are found by comparing all with all: of more than this, a sample is laid out and the others join it. */
const sampleLimit = 2000;
/**
 * Of 921 papers' ten nearest, 100 rounds keep 38 % among the thirty nearest places, 200 keep 40 %, 500 keep 41 %, at 0.16,
 * 0.31 and 0.78 s; two seeds differ by less than 1 %.
 */
const rounds = 150;
/** Each paper is drawn to this many of its nearest: with itself the 15 that are usual. */
const mapNeighbours = 14;
/** The layout begins within this far of the middle, as the method's own programs do. */
const extent = 10;
/** Below this share of papers that lay on the map before, it is drawn anew. */
const keptShare = 0.8;
/** A new paper lies amid this many of its nearest. */
const neighbours = 5;

/**
 * A 2-D layout by UMAP (McInnes, Healy, Melville 2018, arXiv 1802.03426) over cosine distance. When most papers have a
 * place already, they keep it and the new ones are put amid their nearest, so that a reader finds the map as it was.
 *
 * @param vectors paper id to L2-normalised vector, all of one length.
 * @returns places sorted by paper id; the same input gives the same places.
 */
export function layOutMap(
  vectors: ReadonlyMap<string, Float32Array>,
  before: readonly MapPosition[],
): readonly MapPosition[] {
  const ids = [...vectors.keys()].sort();
  const kept = before.filter((position) => vectors.has(position.id));
  if (kept.length > 0 && kept.length >= ids.length * keptShare) return join(ids, kept, vectors);
  if (ids.length < 4) return ring(ids);
  const sample = evenSample(ids, sampleLimit);
  return join(ids, project(sample, vectors), vectors);
}

function project(ids: readonly string[], vectors: ReadonlyMap<string, Float32Array>): readonly MapPosition[] {
  const random = seededRandom(20_251_029);
  const rows = ids.map((id) => vectors.get(id) ?? new Float32Array());
  const graph = fuzzyGraph(nearestPapers(rows, Math.min(mapNeighbours, ids.length - 1)), ids.length);
  const places = alongMainAxes(rows, extent, random);
  descend(places, graph, { rounds, random });
  return toUnitSquare(
    ids,
    ids.map((_, index) => [places[2 * index] ?? 0, places[2 * index + 1] ?? 0]),
  );
}

/** Gives the papers without a place the mean of their nearest papers' places, weighted by similarity. */
function join(
  ids: readonly string[],
  placed: readonly MapPosition[],
  vectors: ReadonlyMap<string, Float32Array>,
): readonly MapPosition[] {
  const places = new Map(placed.map((position) => [position.id, position]));
  return ids.map((id) => places.get(id) ?? amid(id, placed, vectors));
}

function amid(
  id: string,
  placed: readonly MapPosition[],
  vectors: ReadonlyMap<string, Float32Array>,
): MapPosition {
  const own = vectors.get(id) ?? new Float32Array();
  const nearest = placed
    .map((position) => ({ position, similarity: dot(own, vectors.get(position.id) ?? own) }))
    .sort((a, b) => b.similarity - a.similarity || (a.position.id < b.position.id ? -1 : 1))
    .slice(0, neighbours);
  const total = nearest.reduce((sum, { similarity }) => sum + weight(similarity), 0);
  const mean = (axis: "x" | "y") =>
    nearest.reduce((sum, { position, similarity }) => sum + position[axis] * weight(similarity), 0) / total;
  return { id, x: round(mean("x")), y: round(mean("y")) };
}

/** Cosines of this encoder lie close together, so differences are stretched before they weigh. */
function weight(similarity: number): number {
  return Math.exp(20 * similarity);
}

/** Widest stretch of an axis that no paper lies on: farther apart says no more to the eye, and leaves less for the rest. */
const widestGap = 0.06;

/**
 * Both axes to 0..1. Half of a place is its share of the axis, half its rank: a group that lies far out would otherwise
 * press everything else into a corner, and leave a gap that nothing is in.
 */
function toUnitSquare(
  ids: readonly string[],
  points: readonly (readonly number[])[],
): readonly MapPosition[] {
  const xs = spread(points.map((point) => point[0] ?? 0));
  const ys = spread(points.map((point) => point[1] ?? 0));
  return ids.map((id, index) => ({ id, x: round(xs[index] ?? 0), y: round(ys[index] ?? 0) }));
}

function spread(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const most = widestGap * ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0));
  const drawn = new Map<number, number>();
  let at = 0;
  for (const [rank, value] of sorted.entries()) {
    at += Math.min(value - (sorted[rank - 1] ?? value), most);
    drawn.set(value, at);
  }
  const width = at || 1;
  const ranks = new Map(sorted.map((value, rank) => [value, rank / Math.max(1, sorted.length - 1)]));
  return values.map((value) => ((drawn.get(value) ?? 0) / width + (ranks.get(value) ?? 0)) / 2);
}

/** Three papers or fewer have no shape of their own. */
function ring(ids: readonly string[]): readonly MapPosition[] {
  return ids.map((id, index) => {
    const angle = (2 * Math.PI * index) / ids.length;
    const radius = ids.length === 1 ? 0 : 0.3;
    return { id, x: round(0.5 + radius * Math.cos(angle)), y: round(0.5 + radius * Math.sin(angle)) };
  });
}

function evenSample(ids: readonly string[], limit: number): readonly string[] {
  if (ids.length <= limit) return ids;
  return Array.from({ length: limit }, (_, index) => ids[Math.floor((index * ids.length) / limit)] ?? "");
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
