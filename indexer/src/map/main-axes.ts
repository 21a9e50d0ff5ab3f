/** Where points lie along the two directions in which they differ most: what a layout begins from. */
import type { PaperRows } from "./paper-rows.ts";

/** Turns of the power iteration: the axes need not be exact, only the same every time. */
const turns = 12;

/**
 * The first two principal components, by power iteration of both at once.
 *
 * @returns x and y of each row in turn, around 0, the largest of them at `extent`.
 */
export function alongMainAxes(rows: PaperRows, extent: number, random: () => number): Float64Array {
  const { count, dimensions } = rows;
  const centre = centreOf(rows);
  let first: Float64Array = new Float64Array(dimensions).map(() => random() - 0.5);
  let second: Float64Array = new Float64Array(dimensions).map(() => random() - 0.5);
  for (let turn = 0; turn < turns; turn++) {
    const [nextFirst, nextSecond] = turned(rows, along(rows, centre, first, second));
    first = inLengthOne(nextFirst, first);
    second = inLengthOne(without(nextSecond, first), second);
  }
  const places = along(rows, centre, first, second);
  const largest = places.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  // A little to the side of each other, so that equal papers can part.
  for (let at = 0; at < 2 * count; at++)
    places[at] = ((places[at] as number) * extent) / largest + (random() - 0.5) * 0.01 * extent;
  return places;
}

function centreOf({ count, dimensions, values }: PaperRows): Float64Array {
  const centre = new Float64Array(dimensions);
  for (let at = 0; at < count * dimensions; at++)
    centre[at % dimensions] = (centre[at % dimensions] as number) + (values[at] as number);
  return centre.map((sum) => sum / count);
}

/** Each row's share of both directions, seen from the centre: two numbers a row. */
function along(
  { count, dimensions, values }: PaperRows,
  centre: Float64Array,
  first: Float64Array,
  second: Float64Array,
): Float64Array {
  const ofCentre = [dot(centre, first), dot(centre, second)] as const;
  const shares = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    let x = -ofCentre[0];
    let y = -ofCentre[1];
    for (let d = 0, at = i * dimensions; d < dimensions; d++, at++) {
      const value = values[at] as number;
      x += value * (first[d] as number);
      y += value * (second[d] as number);
    }
    shares[2 * i] = x;
    shares[2 * i + 1] = y;
  }
  return shares;
}

/** The rows' sums, weighted by their shares. The centre has no part in them: the shares cancel each other out. */
function turned(
  { count, dimensions, values }: PaperRows,
  shares: Float64Array,
): readonly [Float64Array, Float64Array] {
  const first = new Float64Array(dimensions);
  const second = new Float64Array(dimensions);
  for (let i = 0; i < count; i++) {
    const x = shares[2 * i] as number;
    const y = shares[2 * i + 1] as number;
    for (let d = 0, at = i * dimensions; d < dimensions; d++, at++) {
      const value = values[at] as number;
      first[d] = (first[d] as number) + x * value;
      second[d] = (second[d] as number) + y * value;
    }
  }
  return [first, second];
}

/** `vector` at a right angle to `direction`, which has length 1. */
function without(vector: Float64Array, direction: Float64Array): Float64Array {
  const shared = dot(vector, direction);
  return vector.map((value, d) => value - shared * (direction[d] as number));
}

function inLengthOne(vector: Float64Array, otherwise: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return length === 0 ? otherwise : vector.map((value) => value / length);
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < left.length; d++) sum += (left[d] as number) * (right[d] as number);
  return sum;
}
