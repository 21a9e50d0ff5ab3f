/** Dot products by loops: the reference that faster engines are held to, and what small tests use. */
import type { TokenVectors } from "../model/chunk.ts";
import type { Similarity } from "../ports/similarity.ts";

export function createPlainSimilarity(): Similarity {
  return {
    async products(rows, count, documents) {
      const total = documents.reduce((sum, document) => sum + document.count, 0);
      const result = new Float32Array(total * count);
      let first = 0;
      for (const document of documents) {
        eachProduct(rows, count, document, (token, row, product) => {
          result[(first + token) * count + row] = product;
        });
        first += document.count;
      }
      return result;
    },
    async maxima(rows, count, documents) {
      const result = new Float32Array(documents.length * count).fill(Number.NEGATIVE_INFINITY);
      for (const [place, document] of documents.entries()) {
        eachProduct(rows, count, document, (_, row, product) => {
          const at = place * count + row;
          if (product > (result[at] as number)) result[at] = product;
        });
      }
      return result;
    },
    close: async () => undefined,
  };
}

function eachProduct(
  rows: Float32Array,
  count: number,
  { count: tokens, dimensions, values }: TokenVectors,
  take: (token: number, row: number, product: number) => void,
): void {
  for (let token = 0; token < tokens; token += 1) {
    for (let row = 0; row < count; row += 1) {
      let sum = 0;
      for (let k = 0; k < dimensions; k += 1) {
        sum += (values[token * dimensions + k] ?? 0) * (rows[row * dimensions + k] ?? 0);
      }
      take(token, row, sum);
    }
  }
}
