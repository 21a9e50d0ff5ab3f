/** The port to the matrix product behind late interaction. Contract suite: `similarity.contract.ts`. */
import type { TokenVectors } from "../model/chunk.ts";

export interface Similarity {
  /**
   * Dot products of every token vector of `documents` with every row of `rows`: for the few documents that are looked at closely.
   *
   * @param rows `count * dimensions` values, row by row.
   * @returns one value per token and row, token by token over all documents in order:
   *   `result[token * count + row]`, in units of the documents' own `scale` (not multiplied by it).
   */
  products(
    rows: Float32Array,
    count: number,
    documents: readonly TokenVectors[],
  ): Promise<Float32Array<ArrayBufferLike>>;
  /**
   * The largest of these products in each document: all that a score needs, and a hundredth of the numbers.
   *
   * @returns one value per document and row, `result[document * count + row]`, in the same units; minus infinity for a
   *   document without tokens.
   */
  maxima(
    rows: Float32Array,
    count: number,
    documents: readonly TokenVectors[],
  ): Promise<Float32Array<ArrayBufferLike>>;
  /** Frees the engine. */
  close(): Promise<void>;
}
