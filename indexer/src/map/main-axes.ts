/** Where points lie along the two directions in which they differ most: what a layout begins from. */

/** Turns of the power iteration: the axes need not be exact, only the same every time. */
const turns = 12;

/**
 * The first two principal components, by power iteration.
 *
 * @param rows vectors of one length.
 * @returns x and y of each row in turn, around 0, the largest of them at `extent`.
 */
export function alongMainAxes(
  rows: readonly Float32Array[],
  extent: number,
  random: () => number,
): Float64Array {
  const dimensions = rows[0]?.length ?? 0;
  const centre = new Float64Array(dimensions);
  for (const row of rows) for (let d = 0; d < dimensions; d++) centre[d] = (centre[d] ?? 0) + (row[d] ?? 0);
  for (let d = 0; d < dimensions; d++) centre[d] = (centre[d] ?? 0) / rows.length;
  const first = axis(rows, centre, null, random);
  const second = axis(rows, centre, first, random);
  const places = new Float64Array(2 * rows.length);
  for (const [i, row] of rows.entries()) {
    places[2 * i] = along(row, centre, first);
    places[2 * i + 1] = along(row, centre, second);
  }
  const largest = places.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  // A little to the side of each other, so that equal papers can part.
  return places.map((value) => (value * extent) / largest + (random() - 0.5) * 0.01 * extent);
}

/** The direction of most variance, at a right angle to `other`. */
function axis(
  rows: readonly Float32Array[],
  centre: Float64Array,
  other: Float64Array | null,
  random: () => number,
): Float64Array {
  let direction = Float64Array.from(centre, () => random() - 0.5);
  for (let turn = 0; turn < turns; turn++) {
    const next = new Float64Array(direction.length);
    for (const row of rows) {
      const share = along(row, centre, direction);
      for (let d = 0; d < next.length; d++)
        next[d] = (next[d] ?? 0) + share * ((row[d] ?? 0) - (centre[d] ?? 0));
    }
    if (other !== null) {
      const shared = next.reduce((sum, value, d) => sum + value * (other[d] ?? 0), 0);
      for (let d = 0; d < next.length; d++) next[d] = (next[d] ?? 0) - shared * (other[d] ?? 0);
    }
    const length = Math.hypot(...next);
    if (length === 0) break;
    direction = next.map((value) => value / length);
  }
  return direction;
}

function along(row: Float32Array, centre: Float64Array, direction: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < direction.length; d++) sum += ((row[d] ?? 0) - (centre[d] ?? 0)) * (direction[d] ?? 0);
  return sum;
}
