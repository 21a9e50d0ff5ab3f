/** Each paper's nearest papers by cosine, exactly: for a few thousand this is quicker than any approximation in JavaScript. */
import { setImmediate } from "node:timers/promises";
import { type PaperRows, productsAtOnce, rowsAtOnce } from "./paper-rows.ts";

export interface Neighbours {
  /** Of each point, `size` points nearest first, of equally near ones the first first: of point `i` those from `i * size` on. */
  readonly points: Int32Array;
  /** Their cosine distances, 0 or more, at the same places. */
  readonly distances: Float64Array;
  readonly size: number;
}

/**
 * Of each row its nearest other rows. Gives way between rows: a hundred milliseconds for a thousand of them.
 *
 * @param rows L2-normalised.
 * @param size at most the number of other rows.
 */
export async function nearestPapers(rows: PaperRows, size: number): Promise<Neighbours> {
  const found = nothingFound(rows.count, size);
  const products = new Float64Array(rowsAtOnce * rowsAtOnce);
  for (let i = 0; i < rows.count; i += rowsAtOnce) {
    for (let j = i; j < rows.count; j += rowsAtOnce) {
      productsAtOnce(rows, i, rows, j, products);
      for (let at = 0; at < products.length; at++) {
        const point = i + Math.floor(at / rowsAtOnce);
        const other = j + (at % rowsAtOnce);
        if (point >= other || other >= rows.count) continue;
        const distance = Math.max(0, 1 - (products[at] as number));
        insert(found, point, other, distance);
        insert(found, other, point, distance);
      }
    }
    await setImmediate();
  }
  return found;
}

/**
 * Of each row its nearest among others.
 *
 * @param rows L2-normalised, as are `others`, and of the same dimensions.
 * @param size at most the number of others.
 */
export function nearestAmong(rows: PaperRows, others: PaperRows, size: number): Neighbours {
  const found = nothingFound(rows.count, size);
  const products = new Float64Array(rowsAtOnce * rowsAtOnce);
  for (let i = 0; i < rows.count; i += rowsAtOnce) {
    for (let j = 0; j < others.count; j += rowsAtOnce) {
      productsAtOnce(rows, i, others, j, products);
      for (let at = 0; at < products.length; at++) {
        const point = i + Math.floor(at / rowsAtOnce);
        const other = j + (at % rowsAtOnce);
        if (point >= rows.count || other >= others.count) continue;
        insert(found, point, other, Math.max(0, 1 - (products[at] as number)));
      }
    }
  }
  return found;
}

function nothingFound(count: number, size: number): Neighbours {
  return {
    points: new Int32Array(count * size).fill(-1),
    distances: new Float64Array(count * size).fill(Number.POSITIVE_INFINITY),
    size,
  };
}

function insert(
  { points, distances, size }: Neighbours,
  point: number,
  other: number,
  distance: number,
): void {
  const start = point * size;
  let at = start + size - 1;
  if (!isBefore(distance, other, distances[at] as number, points[at] as number)) return;
  while (at > start && isBefore(distance, other, distances[at - 1] as number, points[at - 1] as number)) {
    distances[at] = distances[at - 1] as number;
    points[at] = points[at - 1] as number;
    at -= 1;
  }
  distances[at] = distance;
  points[at] = other;
}

function isBefore(distance: number, point: number, otherDistance: number, otherPoint: number): boolean {
  return distance < otherDistance || (distance === otherDistance && point < otherPoint);
}
