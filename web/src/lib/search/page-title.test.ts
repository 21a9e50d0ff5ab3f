/** The title of the search page, however long the query is. */
import { expect, test } from "vitest";
import { pageTitle } from "./page-title.ts";

test("a query is the title", () => {
  expect(pageTitle(" 시각 추론 ")).toBe("시각 추론 · Nonmun");
});

test("a long query is cut, between letters", () => {
  const title = pageTitle("👩‍🔬".repeat(1000));
  expect(title).toBe(`${"👩‍🔬".repeat(59)}… · Nonmun`);
  expect(pageTitle("가".repeat(60))).toBe(`${"가".repeat(60)} · Nonmun`);
});
