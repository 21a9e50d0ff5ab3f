/** Rows of floats as the int8 that they were made of: each is whole numbers up to 127 times a scale of its own. */

export interface CodedRows {
  /** `count * dimensions` values, column by column: `values[k * count + row]`. */
  readonly columns: Int8Array;
  /** Of each row: `component = value * scale`. */
  readonly scales: Float64Array;
}

/** How far from a whole number a value may be that was one before it was multiplied and divided in 32 bits. */
const tolerance = 1e-4;

/** Null when a row isn't made of whole numbers, as a mean isn't: to round it would change its products. */
export function codedRows(rows: Float32Array, count: number): CodedRows | null {
  const dimensions = rows.length / count;
  const columns = new Int8Array(rows.length);
  const scales = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    const own = rows.subarray(row * dimensions, (row + 1) * dimensions);
    const scale = scaleOf(own);
    if (scale === null) return null;
    scales[row] = scale;
    for (let k = 0; k < dimensions; k += 1) columns[k * count + row] = Math.round((own[k] as number) / scale);
  }
  return { columns, scales };
}

/** The scale that makes whole numbers of all: the largest of them is one of 1 to 127. */
function scaleOf(row: Float32Array): number | null {
  let largest = 0;
  for (const value of row) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 1;
  for (let most = 127; most > 0; most -= 1) {
    const scale = largest / most;
    if (row.every((value) => Math.abs(value / scale - Math.round(value / scale)) < tolerance)) return scale;
  }
  return null;
}
