/** What stands above the results, and where their links lead. */
import { expect, test } from "vitest";
import { siteLink, summaryOf } from "./results.ts";
import { wordsFor } from "./words.ts";

const en = wordsFor("en");

test("no result is not called the nearest one", () => {
  expect(summaryOf({ total: 0, match: "weak" }, en)).toBe(`${en.none} ${en.byWords}`);
});

test("weak results are called the nearest, good ones are counted alone", () => {
  expect(summaryOf({ total: 1, match: "weak" }, en)).toBe(`1 paper. ${en.weak} ${en.byWords}`);
  expect(summaryOf({ total: 2, match: "good" }, en)).toBe(`2 papers. ${en.byWords}`);
});

test.each([
  ["/papers/글/a#b", "../papers/글/a/#b"],
  ["/papers/a/b?q=x#c", "../papers/a/b/?q=x#c"],
  ["/?org=google", "../?org=google"],
])("%s is found from a page below the root as %s", (href, link) => {
  expect(siteLink("../", href)).toBe(link);
});
