/** What every matrix product must do: run by each adapter's own test. */
import fc from "fast-check";
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
    test("the maxima are those of the products in each document, whatever the documents' lengths", async () => {
      const similarity = await make();
      const value = fc.integer({ min: -127, max: 127 });
      const document = fc.array(fc.tuple(value, value, value), { maxLength: 9 });
      await fc.assert(
        fc.asyncProperty(
          fc.array(document, { maxLength: 12 }),
          fc.array(value, { minLength: 6 }),
          async (texts, numbers) => {
            const count = Math.floor(numbers.length / 3);
            const rows = Float32Array.from(numbers.slice(0, 3 * count));
            const documents = texts.map((tokens) => tokensOf(tokens));
            const products = await similarity.products(rows, count, documents);
            let first = 0;
            const wanted = texts.flatMap((tokens) => {
              const own = products.subarray(first * count, (first + tokens.length) * count);
              first += tokens.length;
              return Array.from({ length: count }, (_, row) =>
                Math.max(...own.filter((_product, at) => at % count === row)),
              );
            });
            const found = await similarity.maxima(rows, count, documents);
            expect(found).toHaveLength(wanted.length);
            for (const [at, maximum] of wanted.entries()) expect(found[at]).toBeCloseTo(maximum, 1);
          },
        ),
      );
      await similarity.close();
    });
    test("without rows there are no maxima, and a document without tokens is nowhere near", async () => {
      const similarity = await make();
      expect([...(await similarity.maxima(new Float32Array(), 0, [tokensOf([[1, 2]])]))]).toEqual([]);
      expect([...(await similarity.maxima(Float32Array.of(1, 1), 1, [tokensOf([])]))]).toEqual([-Infinity]);
      await similarity.close();
    });
    test("several at a time don't get into each other's way", async () => {
      const similarity = await make();
      const documents = Array.from({ length: 30 }, (_, at) =>
        tokensOf(Array.from({ length: 1 + ((7 * at) % 30) }, (_token, row) => [at, row])),
      );
      const asked = Array.from({ length: 6 }, (_, at) => Float32Array.of(at, 1 - at));
      const alone = [];
      for (const rows of asked) alone.push(await similarity.maxima(rows, 1, documents));
      expect(await Promise.all(asked.map((rows) => similarity.maxima(rows, 1, documents)))).toEqual(alone);
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
