/** Tests of exit codes and last words. */
import { Failure } from "@nonmun/core/model/failure";
import { expect, it } from "vitest";
import { exitCodeOf, wordsOf } from "./exit-codes.ts";

it("leaves with 2 after wrong usage, 130 after an interruption, 1 after anything else", () => {
  expect((["usage", "bad-parameter", "bad-config"] as const).map(exitCodeOf)).toEqual([2, 2, 2]);
  expect(exitCodeOf("cancelled")).toBe(130);
  expect(
    (["no-index", "index-busy", "content-empty", "storage", "port-in-use"] as const).map(exitCodeOf),
  ).toEqual([1, 1, 1, 1, 1]);
});

it("says what failed and what to do, without a stack", () => {
  const failure = new Failure("no-index", "색인이 없습니다.", { advice: "Make one." });
  expect(wordsOf(failure)).toBe("색인이 없습니다.\nMake one.");
  expect(wordsOf(new Failure("storage", "The disk is full."))).toBe("The disk is full.");
});

it("says of a bug that it is one, and where", () => {
  const words = wordsOf(new TypeError("x is undefined"));
  expect(words).toMatch(/^This is a bug in Nonmun\. TypeError: x is undefined\n\s+at /u);
  expect(wordsOf("thrown text")).toBe("thrown text");
});
