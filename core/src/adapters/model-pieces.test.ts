/** Tests of looking up pieces: each that a text begins with, shortest first, and no other. */
import { describe, expect, it } from "vitest";
import { createPieceSearch } from "./model-pieces.ts";

const pieces = ["▁", "▁논", "▁논문", "논", "문", "a", "abcd", "😀", "😀😀"];
const found = (text: string, start = 0) => [
  ...createPieceSearch(pieces).common_prefix_search([...text], start),
];

describe("pieces", () => {
  it("finds every piece that the text begins with, also past prefixes that are none", () => {
    expect(found("▁논문을")).toEqual(["▁", "▁논", "▁논문"]);
    expect(found("abcde")).toEqual(["a", "abcd"]);
  });
  it("begins where it is asked to, and ends with the text", () => {
    expect(found("▁논문", 1)).toEqual(["논"]);
    expect(found("abc")).toEqual(["a"]);
    expect(found("a", 1)).toEqual([]);
  });
  it("finds nothing where no piece begins", () => {
    expect(found("을")).toEqual([]);
  });
  it("counts in whole characters", () => {
    expect(found("😀😀😀")).toEqual(["😀", "😀😀"]);
  });
});
