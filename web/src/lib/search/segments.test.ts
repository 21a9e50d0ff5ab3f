/** A snippet in pieces is still the snippet. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type MarkedText, markedText } from "./segments.ts";

function whole({ pieces, rest }: MarkedText): string {
  return pieces.map(({ before, text }) => before + text).join("") + rest;
}

test("literal and meaningful marks become pieces in the order of the text", () => {
  const text = "이미지 기반 visual latent";
  const marks = [
    { range: [7, 13] as const, kind: "literal" as const, strength: 1 },
    { range: [0, 3] as const, kind: "meaning" as const, strength: 0.4 },
  ];
  expect(markedText({ text, ranges: [], marks })).toEqual({
    pieces: [
      { before: "", text: "이미지", kind: "meaning", step: 2 },
      { before: " 기반 ", text: "visual", kind: "literal", step: null },
    ],
    rest: " latent",
  });
});

test("without marks the ranges are literal ones", () => {
  expect(markedText({ text: "ab", ranges: [[1, 2]], marks: [] })).toEqual({
    pieces: [{ before: "a", text: "b", kind: "literal", step: null }],
    rest: "",
  });
});

test("whatever the ranges, the pieces are the whole text", () => {
  const mark = fc.record({
    range: fc.tuple(fc.integer({ min: -5, max: 50 }), fc.integer({ min: -5, max: 50 })),
    kind: fc.constantFrom("literal" as const, "meaning" as const),
    strength: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 40, unit: "grapheme" }), fc.array(mark), (text, marks) => {
      expect(whole(markedText({ text, ranges: [], marks }))).toBe(text);
    }),
  );
});
