/** Each paper's nearest papers by cosine, exactly: for a few thousand this is quicker than any approximation in JavaScript. */

export interface Neighbours {
  /** Of each point, `size` points nearest first, without itself: of point `i` those from `i * size` on. */
  readonly points: Int32Array;
  /** Their cosine distances, 0 or more, at the same places. */
  readonly distances: Float64Array;
  readonly size: number;
}

/**
 * @param rows L2-normalised vectors of one length.
 * @param size at most the number of other points.
 */
export function nearestPapers(rows: readonly Float32Array[], size: number): Neighbours {
  const points = new Int32Array(rows.length * size).fill(-1);
  const distances = new Float64Array(rows.length * size).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? new Float32Array();
    for (let j = i + 1; j < rows.length; j++) {
      const distance = Math.max(0, 1 - dot(row, rows[j] ?? row));
      insert(points, distances, size, i, j, distance);
      insert(points, distances, size, j, i, distance);
    }
  }
  return { points, distances, size };
}

/** Points come in rising order, so that of two equally near ones the first stays before the second. */
function insert(
  points: Int32Array,
  distances: Float64Array,
  size: number,
  point: number,
  other: number,
  distance: number,
): void {
  const start = point * size;
  let at = start + size - 1;
  if (!(distance < (distances[at] ?? 0))) return;
  while (at > start && distance < (distances[at - 1] ?? 0)) {
    distances[at] = distances[at - 1] ?? 0;
    points[at] = points[at - 1] ?? -1;
    at -= 1;
  }
  distances[at] = distance;
  points[at] = other;
}

/** Four sums side by side, which the processor adds at once: one waits for itself. */
function dot(a: Float32Array, b: Float32Array): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    first += (a[i] ?? 0) * (b[i] ?? 0);
    second += (a[i + 1] ?? 0) * (b[i + 1] ?? 0);
    third += (a[i + 2] ?? 0) * (b[i + 2] ?? 0);
    fourth += (a[i + 3] ?? 0) * (b[i + 3] ?? 0);
  }
  for (; i < a.length; i++) first += (a[i] ?? 0) * (b[i] ?? 0);
  return first + second + third + fourth;
}
