/** Vectors of papers in one block of memory, and the products of three of them with three others. */

export interface PaperRows {
  readonly count: number;
  readonly dimensions: number;
  /**
   * Row by row, then rows of zeros up to a multiple of `rowsAtOnce`. In double precision: each number takes part in thousands of
   * products, and is converted once.
   */
  readonly values: Float64Array;
}

/** Rows of either side in `productsAtOnce`: six numbers are read for nine products, and nine sums still fit the registers. */
export const rowsAtOnce = 3;

/** @param vectors of one length. */
export function paperRows(vectors: readonly Float32Array[]): PaperRows {
  const dimensions = vectors[0]?.length ?? 0;
  const padded = Math.ceil(vectors.length / rowsAtOnce) * rowsAtOnce;
  const values = new Float64Array(padded * dimensions);
  for (const [row, vector] of vectors.entries()) values.set(vector, row * dimensions);
  return { count: vectors.length, dimensions, values };
}

/**
 * The dot products of rows `i` to `i + 2` of `left` with rows `j` to `j + 2` of `right`.
 *
 * @param i a multiple of 3, as is `j`: the rows of zeros at the end take part.
 * @param products nine numbers to write to: row `i + a` times row `j + b` at `3 * a + b`.
 */
export function productsAtOnce(
  left: PaperRows,
  i: number,
  right: PaperRows,
  j: number,
  products: Float64Array,
): void {
  const { dimensions, values: rows } = left;
  const { values: columns } = right;
  const a = i * dimensions;
  const b = a + dimensions;
  const c = b + dimensions;
  const d = j * dimensions;
  const e = d + dimensions;
  const f = e + dimensions;
  let ad = 0;
  let ae = 0;
  let af = 0;
  let bd = 0;
  let be = 0;
  let bf = 0;
  let cd = 0;
  let ce = 0;
  let cf = 0;
  for (let k = 0; k < dimensions; k++) {
    const x = rows[a + k] as number;
    const y = rows[b + k] as number;
    const z = rows[c + k] as number;
    const u = columns[d + k] as number;
    const v = columns[e + k] as number;
    const w = columns[f + k] as number;
    ad += x * u;
    ae += x * v;
    af += x * w;
    bd += y * u;
    be += y * v;
    bf += y * w;
    cd += z * u;
    ce += z * v;
    cf += z * w;
  }
  products.set([ad, ae, af, bd, be, bf, cd, ce, cf]);
}
