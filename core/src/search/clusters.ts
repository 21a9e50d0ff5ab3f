/** Regions of the map: places that lie together. */
import type { MapPlace } from "../ports/searcher.ts";
import type { Slices } from "./slices.ts";

export interface Cluster<P extends MapPlace> {
  readonly x: number;
  readonly y: number;
  readonly members: readonly P[];
}

const rounds = 16;
const clustersMax = 20;

/**
 * k-means (Lloyd 1982) on the plane, with half the square root of the number of places as `k`. It begins with places as far from
 * each other as can be, so the same places make the same regions, in whatever order they come. A slice is a round.
 */
export function* clusterSlices<P extends MapPlace>(unsorted: readonly P[]): Slices<readonly Cluster<P>[]> {
  const places = unsorted.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  let clusters: readonly Cluster<P>[] = beginnings(places).map((place) => ({ ...place, members: [] }));
  for (let round = 0; round < rounds; round += 1) {
    const groups = Map.groupBy(places, (place) => nearestOf(place, clusters));
    clusters = [...groups.values()].map((members) => ({
      x: mean(members.map(({ x }) => x)),
      y: mean(members.map(({ y }) => y)),
      members,
    }));
    yield;
  }
  return clusters;
}

function beginnings<P extends MapPlace>(places: readonly P[]): readonly P[] {
  const wanted = Math.min(Math.max(Math.round(Math.sqrt(places.length) / 2), 1), clustersMax);
  const chosen: P[] = places.slice(0, 1);
  const distances = places.map((place) => (chosen[0] === undefined ? 0 : squared(place, chosen[0])));
  while (chosen.length < wanted) {
    const farthest = distances.reduce(
      (best, distance, at) => (distance > (distances[best] ?? 0) ? at : best),
      0,
    );
    const next = places[farthest];
    if (next === undefined || distances[farthest] === 0) break;
    chosen.push(next);
    for (const [at, place] of places.entries())
      distances[at] = Math.min(distances[at] ?? 0, squared(place, next));
  }
  return chosen;
}

function nearestOf(place: MapPlace, clusters: readonly { readonly x: number; readonly y: number }[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, cluster] of clusters.entries()) {
    const distance = squared(place, cluster);
    if (distance < least) {
      best = at;
      least = distance;
    }
  }
  return best;
}

function squared(
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
