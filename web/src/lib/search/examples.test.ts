/** Example queries come from the papers that are there. */
import { expect, test } from "vitest";
import { fakePapers } from "#lib/testing/fake-papers.ts";
import { exampleQueries } from "./examples.ts";

test("the seed's papers give phrases of two to four words, none of them cut at a preposition", () => {
  const seed = fakePapers
    .map(({ summary }) => summary)
    .filter(({ post }) => post.path.startsWith("2025-10-29"));
  expect(exampleQueries(seed)).toEqual([
    "multi-turn function calling",
    "sketching visual thoughts",
    "adaptive transfer scaling laws",
  ]);
});

test("without papers there is no example", () => {
  expect(exampleQueries([])).toEqual([]);
});
