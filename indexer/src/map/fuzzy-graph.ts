/** UMAP's graph: how surely two papers belong together (McInnes, Healy, Melville 2018, arXiv 1802.03426, section 3.1). */
import type { Neighbours } from "./nearest-papers.ts";

/** Edges in both directions: edge `e` goes from `from[e]` to `to[e]`. */
export interface FuzzyGraph {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** From 0 to 1. */
  readonly weight: Float64Array;
}

/** Halvings of the interval in which the scale of a point is looked for; the paper's own number. */
const halvings = 64;
/** A scale is at least this part of the mean distance to the point's neighbours, or of all: equal points have none of their own. */
const leastScale = 1e-3;

/** Joins what each point says of its neighbours: either side's word counts, `a + b - ab`. */
export function fuzzyGraph(neighbours: Neighbours, count: number): FuzzyGraph {
  const { points, size } = neighbours;
  const weights = memberships(neighbours, count);
  const joined = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    for (let at = i * size; at < (i + 1) * size; at++) {
      const j = points[at] ?? i;
      const key = Math.min(i, j) * count + Math.max(i, j);
      const other = joined.get(key) ?? 0;
      const own = weights[at] ?? 0;
      joined.set(key, other + own - other * own);
    }
  }
  const edges = [...joined].sort(([a], [b]) => a - b);
  const from = edges.map(([key]) => Math.floor(key / count));
  const to = edges.map(([key]) => key % count);
  const weight = edges.map(([, value]) => value);
  return {
    from: Int32Array.from([...from, ...to]),
    to: Int32Array.from([...to, ...from]),
    weight: Float64Array.from([...weight, ...weight]),
  };
}

/** `exp(-(d - nearest) / scale)`, with the scale at which a point's neighbours weigh log2 of their number together. */
function memberships({ distances, size }: Neighbours, count: number): Float64Array {
  const weights = new Float64Array(distances.length);
  const meanOfAll = mean(distances);
  // The method counts a point among its own neighbours.
  const target = Math.log2(size + 1);
  for (let i = 0; i < count; i++) {
    const own = distances.subarray(i * size, (i + 1) * size);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const least = leastScale * (nearest > 0 ? mean(own) : meanOfAll);
    const scale = Math.max(scaleOf(own, nearest, target), least) || 1;
    for (const [k, distance] of own.entries())
      weights[i * size + k] = Math.exp(-Math.max(0, distance - nearest) / scale);
  }
  return weights;
}

function scaleOf(distances: Float64Array, nearest: number, target: number): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let scale = 1;
  for (let step = 0; step < halvings; step++) {
    let sum = 0;
    for (const distance of distances) sum += Math.exp(-Math.max(0, distance - nearest) / scale);
    if (Math.abs(sum - target) < 1e-5) break;
    if (sum > target) high = scale;
    else low = scale;
    scale = high === Number.POSITIVE_INFINITY ? scale * 2 : (low + high) / 2;
  }
  return scale;
}

function mean(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
