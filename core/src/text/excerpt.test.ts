/** Excerpts and their ranges, which never cut a character in two. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mark } from "../contract.ts";
import { excerpt, passageMax, passagesOf } from "./excerpt.ts";

const mark = (start: number, end: number, strength = 1): Mark => ({
  range: [start, end],
  kind: "literal",
  strength,
});

describe("excerpt", () => {
  test("marks move with the text that was left out", () => {
    const snippet = excerpt("앞 문장. 시각 추론을 한다. 뒤", [6, 16], [mark(6, 8)]);
    expect(snippet.text).toBe("…시각 추론을 한다.…");
    expect(snippet.ranges.map((range) => snippet.text.slice(...range))).toEqual(["시각"]);
  });
  test("of marks that overlap the stronger stays", () => {
    expect(excerpt("visual latent", [0, 13], [mark(0, 6, 0.4), mark(0, 13, 0.9)]).ranges).toEqual([[0, 13]]);
  });
  test("a surrogate pair, a decomposed syllable and a joined emoji are not cut", () => {
    expect(excerpt("a😀b", [2, 4], []).text).toBe("…😀b");
    const decomposed = "추론".normalize("NFD");
    expect(excerpt(decomposed, [0, 1], []).text).toBe("…");
    expect(excerpt("👩‍🔬실험", [2, 7], []).text).toBe("👩‍🔬실험");
  });
  test("whatever is cut, marks are sorted, apart, inside, and made of whole characters", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    const offsets = fc.tuple(fc.nat(80), fc.nat(80));
    fc.assert(
      fc.property(text, offsets, fc.array(offsets, { maxLength: 5 }), (whole, range, places) => {
        const marks = places.map(([one, other]) => mark(Math.min(one, other), Math.max(one, other)));
        const snippet = excerpt(whole, [Math.min(...range), Math.max(...range)], marks);
        expect(snippet.text.isWellFormed()).toBe(whole.isWellFormed());
        let last = 0;
        for (const [start, end] of snippet.ranges) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(snippet.text.length);
          last = end;
        }
      }),
    );
  });
});

describe("passages", () => {
  test("cover everything but blanks, each within the limit", () => {
    const text = fc.string({ unit: fc.constantFrom("가", "b", " ", ".", "\n", "😀"), maxLength: 400 });
    fc.assert(
      fc.property(text, (whole) => {
        const passages = passagesOf(whole, 40);
        for (const [start, end] of passages) expect(end - start).toBeLessThanOrEqual(40);
        const kept = passages.map((range) => whole.slice(...range)).join("");
        expect(kept.replace(/\s/gu, "")).toBe(whole.replace(/\s/gu, ""));
        for (const range of passages) expect(whole.slice(...range).isWellFormed()).toBe(true);
      }),
    );
  });
  test("a long line is cut after a sentence", () => {
    const long = `${"가".repeat(150)}. ${"나".repeat(150)}`;
    expect(passagesOf(long, passageMax).map((range) => long.slice(...range))).toEqual([
      `${"가".repeat(150)}.`,
      "나".repeat(150),
    ]);
  });
});
