/** Rows that were whole numbers times a scale are found to be, and nothing else is. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { codedRows } from "./coded-rows.ts";

it("finds the whole numbers and a scale that give each row back", () => {
  const row = fc.tuple(
    fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 8, maxLength: 8 }),
    fc.double({ min: 1e-4, max: 10, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (given) => {
      const rows = Float32Array.from(
        given.flatMap(([values, scale]) => values.map((value) => value * scale)),
      );
      const coded = codedRows(rows, given.length);
      expect(coded).not.toBeNull();
      for (const [place, value] of rows.entries()) {
        const [at, k] = [Math.floor(place / 8), place % 8];
        const found = (coded?.columns[k * given.length + at] ?? 0) * (coded?.scales[at] ?? 0);
        expect(found).toBeCloseTo(value, 3);
      }
    }),
  );
});

it("leaves a row alone that is no such thing, like a mean", () => {
  const mean = Float32Array.from({ length: 64 }, (_, k) => Math.sin(k + 1) / 3);
  expect(codedRows(mean, 1)).toBeNull();
});
