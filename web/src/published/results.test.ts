/** What stands above the results, and where their links lead. */
import { expect, test } from "vitest";
import { activeFilters, siteLink, summaryOf } from "./results.ts";
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

test("each filter is left out on its own, the rest of the search stays", () => {
  expect(activeFilters("?q=추론&org=google&org=meta&from=2025-01-01&shown=20&tag=")).toEqual([
    { value: "google", without: "?q=%EC%B6%94%EB%A1%A0&org=meta&from=2025-01-01&tag=" },
    { value: "meta", without: "?q=%EC%B6%94%EB%A1%A0&org=google&from=2025-01-01&tag=" },
    { value: "2025-01-01", without: "?q=%EC%B6%94%EB%A1%A0&org=google&org=meta&tag=" },
  ]);
});

test("a search of one filter alone leads back to the start, and one of words has none", () => {
  expect(activeFilters("?org=google")).toEqual([{ value: "google", without: "" }]);
  expect(activeFilters("?q=org")).toEqual([]);
});
