/** A snippet in pieces is still the snippet. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { segmentsOf } from "./segments.ts";

test("literal and meaningful marks become pieces in the order of the text", () => {
  const text = "이미지 기반 visual latent";
  const marks = [
    { range: [7, 13] as const, kind: "literal" as const, strength: 1 },
    { range: [0, 3] as const, kind: "meaning" as const, strength: 0.4 },
  ];
  expect(
    segmentsOf({ text, ranges: [], marks }).map((segment) => [segment.text, segment.mark?.kind ?? null]),
  ).toEqual([
    ["이미지", "meaning"],
    [" 기반 ", null],
    ["visual", "literal"],
    [" latent", null],
  ]);
});

test("without marks the ranges are literal ones", () => {
  expect(segmentsOf({ text: "ab", ranges: [[1, 2]], marks: [] })).toEqual([
    { text: "a", mark: null },
    { text: "b", mark: { kind: "literal", strength: 1 } },
  ]);
});

test("whatever the ranges, the pieces are the whole text", () => {
  const mark = fc.record({
    range: fc.tuple(fc.integer({ min: -5, max: 50 }), fc.integer({ min: -5, max: 50 })),
    kind: fc.constantFrom("literal" as const, "meaning" as const),
    strength: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 40, unit: "grapheme" }), fc.array(mark), (text, marks) => {
      expect(
        segmentsOf({ text, ranges: [], marks })
          .map((segment) => segment.text)
          .join(""),
      ).toBe(text);
    }),
  );
});
