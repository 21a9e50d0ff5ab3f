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
  const weights = memberships(neighbours, count);
  const pairs = pairsOf(neighbours, count);
  const from = new Int32Array(2 * pairs.length);
  const to = new Int32Array(2 * pairs.length);
  const weight = new Float64Array(2 * pairs.length);
  for (const [edge, pair] of pairs.entries()) {
    const i = Math.floor(pair / count);
    const j = pair % count;
    const one = saidOf(j, i, neighbours, weights);
    const other = saidOf(i, j, neighbours, weights);
    const back = edge + pairs.length;
    from[edge] = to[back] = i;
    to[edge] = from[back] = j;
    weight[edge] = weight[back] = one + other - one * other;
  }
  return { from, to, weight };
}

/** Each pair of which one is a neighbour of the other, as `lower * count + higher`, rising. */
function pairsOf({ points, size }: Neighbours, count: number): Float64Array {
  const pairs = new Float64Array(points.length);
  for (let at = 0; at < points.length; at++) {
    const i = Math.floor(at / size);
    const j = points[at] as number;
    pairs[at] = Math.min(i, j) * count + Math.max(i, j);
  }
  return pairs.sort().filter((pair, at) => pair !== pairs[at - 1]);
}

/** The weight that `point` gives to `other`: 0 when it is none of its neighbours. */
function saidOf(other: number, point: number, { points, size }: Neighbours, weights: Float64Array): number {
  for (let at = point * size; at < (point + 1) * size; at++) {
    if (points[at] === other) return weights[at] as number;
  }
  return 0;
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
    for (let k = 0; k < size; k++) {
      weights[i * size + k] = Math.exp(-Math.max(0, (own[k] as number) - nearest) / scale);
    }
  }
  return weights;
}

function scaleOf(distances: Float64Array, nearest: number, target: number): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let scale = 1;
  for (let step = 0; step < halvings; step++) {
    let sum = 0;
    for (let k = 0; k < distances.length; k++) {
      sum += Math.exp(-Math.max(0, (distances[k] as number) - nearest) / scale);
    }
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
