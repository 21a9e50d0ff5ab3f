/** Dot products by loops: the reference that faster engines are held to, and what small tests use. */
import type { TokenVectors } from "../model/chunk.ts";
import type { Similarity } from "../ports/similarity.ts";

export function createPlainSimilarity(): Similarity {
  return {
    products: async (rows, count, documents) => multiply(rows, count, documents),
    close: async () => undefined,
  };
}

function multiply(rows: Float32Array, count: number, documents: readonly TokenVectors[]): Float32Array {
  const total = documents.reduce((sum, document) => sum + document.count, 0);
  const result = new Float32Array(total * count);
  let token = 0;
  for (const document of documents) {
    const size = document.dimensions;
    for (let index = 0; index < document.count; index += 1, token += 1) {
      for (let row = 0; row < count; row += 1) {
        let sum = 0;
        for (let k = 0; k < size; k += 1) {
          sum += (document.values[index * size + k] ?? 0) * (rows[row * size + k] ?? 0);
        }
        result[token * count + row] = sum;
      }
    }
  }
  return result;
}
