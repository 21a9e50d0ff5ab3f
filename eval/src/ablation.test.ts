/** Tests of the ablation table, over a searcher that finds less without one of its stages. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SearchResponse } from "@nonmun/core/contract";
import type { Searcher } from "@nonmun/core/ports/searcher";
import { afterEach, beforeEach, expect, it } from "vitest";
import { formatAblation, runAblation } from "./ablation.ts";

let folder: string;
let queries: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-ablation-"));
  queries = join(folder, "dev.jsonl");
  const lines = [
    { id: "q1", query: "그림", lang: "ko", relevant: { "2510.00001": 2 } },
    { id: "q2", query: "robots", lang: "en", relevant: { "2510.00001": 2 } },
    { id: "q3", query: "케이크", lang: "ko", relevant: {} },
  ];
  await writeFile(queries, lines.map((line) => JSON.stringify(line)).join("\n"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Finds the one paper for each of `known`, and says that it found nothing for other queries. */
function searcherFor(known: readonly string[]): Searcher {
  return {
    search: async ({ text, mode, filters }): Promise<SearchResponse> => {
      const found = known.includes(text);
      return {
        query: { text, mode, filters, suggestion: null },
        total: found ? 1 : 0,
        match: found ? "good" : "weak",
        tookMs: 1,
        degraded: [],
        limitations: [],
        results: found ? [{ paper, score: 1, sections: [] }] : [],
        facets: { org: [], tag: [], year: [], post: [] },
      };
    },
    related: async () => [],
    suggest: async () => [],
    topics: async () => [],
    prepare: async () => undefined,
  };
}

const paper = {
  id: "a/1",
  kind: "paper",
  title: "One",
  subtitle: null,
  arxivId: "2510.00001",
  url: null,
  orgs: [],
  tags: [],
  date: null,
  post: { path: "a.md", title: "a" },
  href: "/",
  sourceHref: null,
} as const;

it("has a row for the whole pipeline and one for each stage, with what the stage is worth", async () => {
  const progress: number[] = [];
  const rows = await runAblation(
    (without) => searcherFor(without === "glossary" ? ["robots"] : ["robots", "그림"]),
    ["glossary", "exact"],
    { queries: [queries], onProgress: (done, total) => progress.push(done / total) },
  );
  expect(rows.map(({ without, ndcg, change }) => [without, ndcg, change?.mean ?? null])).toEqual([
    [null, { all: 1, ko: 1, en: 1 }, null],
    ["glossary", { all: 0.5, ko: 0, en: 1 }, -0.5],
    ["exact", { all: 1, ko: 1, en: 1 }, 0],
  ]);
  expect(rows[1]?.weak).toEqual({
    unanswerable: { weak: 1, queries: 1 },
    answerable: { weak: 1, queries: 2 },
  });
  expect(progress.at(-1)).toBe(1);
});

it("is printed as one table a file, in the order of the stages", async () => {
  const rows = await runAblation(() => searcherFor(["robots"]), ["exact"], { queries: [queries] });
  const text = formatAblation(rows, "text");
  expect(text).toMatch(/all stages +0\.500 +0\.000 +1\.000 +– +– +1 of 1 +1 of 2/u);
  expect(text).toMatch(/without exact +0\.500 +0\.000 +1\.000 +\+0\.000 \[0\.000, 0\.000\]/u);
  expect(formatAblation(rows, "markdown")).toContain("| all stages | 0.500 |");
  expect(JSON.parse(formatAblation(rows, "json"))).toEqual(rows);
});
