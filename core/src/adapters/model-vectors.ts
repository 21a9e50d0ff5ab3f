/** From an encoder's hidden states to the vectors that the index holds: pooling, centring, int8. */
import type { TokenVectors } from "../model/chunk.ts";

/** Constants of a model for late interaction, computed once over text that is not the user's. */
export interface LateInteraction {
  readonly mean: Float32Array;
  /** First principal component, of length 1. */
  readonly component: Float32Array;
}

/** Hidden states of one text inside a batch: row `i` begins at `start + i * dimensions`. */
export interface HiddenStates {
  readonly values: Float32Array;
  readonly start: number;
  readonly dimensions: number;
}

/** L2-normalised mean (or first row) of `tokens` rows. Sentence-BERT, arXiv 1908.10084, section 3. */
export function pool(states: HiddenStates, tokens: number, pooling: "mean" | "cls"): Float32Array {
  const { values, start, dimensions } = states;
  const vector = new Float32Array(dimensions);
  const rows = pooling === "cls" ? 1 : tokens;
  for (let row = 0; row < rows; row++) {
    const at = start + row * dimensions;
    for (let d = 0; d < dimensions; d++) vector[d] = (vector[d] ?? 0) + (values[at + d] ?? 0);
  }
  normalizeRow(vector, 0, dimensions);
  return vector;
}

/**
 * Token vectors for MaxSim: each row L2-normalised, the mean subtracted, the first principal component projected out,
 * normalised again ("All-but-the-Top", arXiv 1702.01417, with one component), then int8 by the largest magnitude.
 *
 * @param rows rows `[from, to)` of the text are kept.
 */
export function tokenVectors(
  states: HiddenStates,
  rows: { readonly from: number; readonly to: number },
  ids: readonly number[],
  offsets: Uint32Array,
  constants: LateInteraction,
): TokenVectors {
  const { dimensions } = states;
  const count = rows.to - rows.from;
  const first = states.start + rows.from * dimensions;
  const values = states.values.slice(first, first + count * dimensions);
  for (let at = 0; at < values.length; at += dimensions) center(values, at, dimensions, constants);
  const { quantized, scale } = quantize(values);
  return {
    count,
    dimensions,
    ids: Int32Array.from(ids.slice(rows.from, rows.to)),
    offsets,
    values: quantized,
    scale,
  };
}

/** int8 values and the scale that gives the components back: `component ≈ value * scale`. */
export function quantize(values: Float32Array): { quantized: Int8Array; scale: number } {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  // Below this, a row of zeros to all intents, the scale itself would vanish.
  const scale = largest < 1e-20 ? 1 / 127 : Math.fround(largest / 127);
  const quantized = new Int8Array(values.length);
  for (let i = 0; i < values.length; i++) quantized[i] = Math.round((values[i] ?? 0) / scale);
  return { quantized, scale };
}

/** Divides the row at `at` by its L2 norm; a row of zeros stays one. */
export function normalizeRow(values: Float32Array, at: number, dimensions: number): void {
  let sum = 0;
  for (let d = at; d < at + dimensions; d++) sum += (values[d] ?? 0) ** 2;
  if (sum === 0) return;
  const factor = 1 / Math.sqrt(sum);
  for (let d = at; d < at + dimensions; d++) values[d] = (values[d] ?? 0) * factor;
}

function center(values: Float32Array, at: number, dimensions: number, constants: LateInteraction): void {
  const { mean, component } = constants;
  normalizeRow(values, at, dimensions);
  let along = 0;
  for (let d = 0; d < dimensions; d++) {
    const value = (values[at + d] ?? 0) - (mean[d] ?? 0);
    values[at + d] = value;
    along += value * (component[d] ?? 0);
  }
  for (let d = 0; d < dimensions; d++) values[at + d] = (values[at + d] ?? 0) - along * (component[d] ?? 0);
  normalizeRow(values, at, dimensions);
}
