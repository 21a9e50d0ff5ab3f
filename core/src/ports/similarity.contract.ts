/** What every matrix product must do: run by each adapter's own test. */
import { describe, expect, test } from "vitest";
import type { TokenVectors } from "../model/chunk.ts";
import type { Similarity } from "./similarity.ts";

export function describeSimilarity(name: string, make: () => Promise<Similarity>): void {
  describe(`${name}: similarity`, () => {
    test("one product for each token and row, documents one after the other", async () => {
      const similarity = await make();
      const documents = [
        tokensOf([
          [1, 2],
          [3, 4],
        ]),
        tokensOf([]),
        tokensOf([[-5, 127]]),
      ];
      const products = await similarity.products(Float32Array.of(1, 0, 0.5, -1), 2, documents);
      expect([...products]).toEqual([1, -1.5, 3, -2.5, -5, -129.5]);
      await similarity.close();
    });
    test("no rows or no tokens give nothing", async () => {
      const similarity = await make();
      expect([...(await similarity.products(new Float32Array(), 0, [tokensOf([[1, 2]])]))]).toEqual([]);
      expect([...(await similarity.products(Float32Array.of(1, 1), 1, []))]).toEqual([]);
      await similarity.close();
    });
    test("large inputs are cut into slices without a seam", async () => {
      const similarity = await make();
      const size = 64;
      const documents = Array.from({ length: 40 }, (_, at) =>
        tokensOf(
          Array.from({ length: 500 }, (_, row) =>
            Array.from({ length: size }, (_, k) => ((at + row * k) % 5) - 2),
          ),
        ),
      );
      const rows = Float32Array.from({ length: size * 100 }, (_, at) => (at % 7) - 3);
      const products = await similarity.products(rows, 100, documents);
      expect(products).toHaveLength(40 * 500 * 100);
      const at = (39 * 500 + 499) * 100 + 99;
      const last = documents.at(-1)?.values.subarray(-size) ?? new Int8Array();
      const sum = last.reduce((total, value, k) => total + value * (rows[99 * size + k] ?? 0), 0);
      expect(products[at]).toBeCloseTo(sum);
      await similarity.close();
    });
  });
}

function tokensOf(rows: readonly (readonly number[])[]): TokenVectors {
  return {
    count: rows.length,
    dimensions: rows[0]?.length ?? 2,
    ids: new Int32Array(rows.length),
    offsets: new Uint32Array(2 * rows.length),
    values: Int8Array.from(rows.flat()),
    scale: 0.01,
  };
}
