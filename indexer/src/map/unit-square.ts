/** From a layout's own coordinates to a map from 0 to 1 that is filled evenly enough to be read. */
import type { MapPosition } from "./types.ts";

/** Widest stretch of an axis that no paper lies on: farther apart says no more to the eye, and leaves less for the rest. */
const widestGap = 0.06;

/**
 * Both axes to 0..1. Half of a place is its share of the axis, half its rank: a group that lies far out would otherwise
 * press everything else into a corner, and leave a gap that nothing is in.
 *
 * @param places x and y of each paper in turn.
 */
export function toUnitSquare(ids: readonly string[], places: Float64Array): readonly MapPosition[] {
  const xs = spread(ids.map((_, index) => places[2 * index] ?? 0));
  const ys = spread(ids.map((_, index) => places[2 * index + 1] ?? 0));
  return ids.map((id, index) => positionAt(id, xs[index] ?? 0, ys[index] ?? 0));
}

/** Three papers or fewer have no shape of their own. */
export function ring(ids: readonly string[]): readonly MapPosition[] {
  return ids.map((id, index) => {
    const angle = (2 * Math.PI * index) / ids.length;
    const radius = ids.length === 1 ? 0 : 0.3;
    return positionAt(id, 0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle));
  });
}

/** Four decimals: finer than any screen. */
export function positionAt(id: string, x: number, y: number): MapPosition {
  return { id, x: Math.round(x * 10_000) / 10_000, y: Math.round(y * 10_000) / 10_000 };
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
