/** Tests of the evaluation end to end: files and a searcher of canned answers in, a report out. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SearchResponse, SearchResult } from "@nonmun/core/contract";
import type { Searcher, SearchRequest } from "@nonmun/core/ports/searcher";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { saveRun } from "./comparison.ts";
import { formatEval } from "./report.ts";
import { runEval } from "./run-eval.ts";

let folder: string;
let asked: SearchRequest[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-eval-"));
  asked = [];
});
afterEach(() => rm(folder, { recursive: true }));

/** A paper as results show it; one without an arXiv id has an address. */
function result(id: string, post = "a.mdx"): SearchResult {
  const arxivId = id.startsWith("http") || id.startsWith("#") ? null : id;
  return {
    paper: {
      id: `a/${id}`,
      kind: "paper",
      title: id,
      subtitle: null,
      arxivId,
      url: id.startsWith("http") ? id : null,
      orgs: [],
      tags: [],
      date: null,
      post: { path: post, title: post },
      href: "/",
      sourceHref: null,
    },
    score: 0.5,
    sections: [
      {
        heading: [],
        anchor: id.replace("#", ""),
        href: "/",
        snippet: { text: "", ranges: [], marks: [] },
        score: 0,
      },
    ],
  };
}

function searcher(
  answers: Readonly<Record<string, readonly string[]>>,
  match: "good" | "weak" = "good",
): Searcher {
  return {
    search: async (request): Promise<SearchResponse> => {
      asked.push(request);
      const found = answers[request.text] ?? [];
      return {
        query: { text: request.text, mode: request.mode, filters: request.filters, suggestion: null },
        total: found.length,
        match: found.length === 0 ? "weak" : match,
        tookMs: 1,
        degraded: request.mode === "semantic" ? ["There is no model."] : [],
        limitations: [],
        results: found.map((id) => result(id)),
        facets: { org: [], tag: [], year: [], post: [] },
      };
    },
    related: async () => [],
    suggest: async () => [],
    topics: async () => [],
    prepare: async () => undefined,
  };
}

async function file(name: string, lines: readonly object[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.map((line) => JSON.stringify(line)).join("\n"));
  return path;
}

const queries = [
  { id: "q1", query: "그림", lang: "ko", relevant: { "2510.00001": 2 } },
  {
    id: "q2",
    query: "robots",
    lang: "en",
    relevant: { "2510.00002": 2, "x-1": 1 },
    filters: { org: "meta" },
  },
  { id: "q3", query: "초콜릿 케이크", lang: "ko", relevant: {} },
];
const answers = {
  그림: ["2510.00001"],
  robots: ["2510.00009", "2510.00009", "2510.00002"],
  "초콜릿 케이크": [],
};

it("scores by file, language and mode, and the match apart", async () => {
  const path = await file("dev.jsonl", queries);
  const { summary } = await runEval({ searcher: searcher(answers) }, { queries: [path], modes: ["hybrid"] });
  const means = summary.quality.map(({ lang, queries: n, means: { ndcg, mrr, hit } }) => [
    lang,
    n,
    ndcg.mean,
    mrr.mean,
    hit.mean,
  ]);
  // The paper that was found twice counts once, so that the relevant one stands second: 3 / log2(3) of 3 + 1 / log2(3).
  const second = 3 / Math.log2(3) / (3 + 1 / Math.log2(3));
  expect(means).toEqual([
    ["all", 2, expect.closeTo((1 + second) / 2, 6), 0.75, 0.5],
    ["ko", 1, 1, 1, 1],
    ["en", 1, expect.closeTo(second, 6), 0.5, 0],
  ]);
  expect(summary.match).toEqual([
    { file: "dev.jsonl", mode: "hybrid", unanswerable: 1, weakShare: 1, answerable: 2, falseWeakShare: 0 },
  ]);
});

it("asks for ten papers by relevance, with the query's filter, in every mode", async () => {
  const path = await file("dev.jsonl", queries.slice(1, 2));
  const { summary } = await runEval({ searcher: searcher(answers) }, { queries: [path] });
  expect(asked.map(({ mode }) => mode)).toEqual(["hybrid", "semantic", "lexical"]);
  expect(asked[0]).toMatchObject({
    text: "robots",
    filters: { org: ["meta"] },
    limit: 10,
    sort: "relevance",
  });
  expect(summary.degraded).toEqual(["There is no model."]);
});

it("knows papers that are not on arXiv by their address or anchor in the corpus's list", async () => {
  await file("papers.jsonl", [
    { id: "x-1", path: "a.mdx", url: "https://example.org/p.pdf", section: "1-one" },
    { id: "x-2", path: "a.mdx", url: "https://example.org/q.pdf", section: "2-two" },
    { id: "x-3", path: "other.mdx", url: "https://example.org/r.pdf", section: "2-two" },
  ]);
  const path = await file("dev.jsonl", [
    { id: "q", query: "q", lang: "en", relevant: { "x-1": 2, "x-2": 2 } },
  ]);
  const found = searcher({ q: ["https://example.org/p.pdf", "#2-two", "#3-three"] });
  const { outcomes } = await runEval(
    { searcher: found },
    { queries: [path], corpus: folder, modes: ["hybrid"] },
  );
  expect(outcomes[0]?.ranking).toEqual(["x-1", "x-2", "?a/#3-three"]);
});

describe("a comparison", () => {
  it("pairs the queries with those of a saved run and names what changed", async () => {
    const path = await file("dev.jsonl", queries);
    const options = { queries: [path], modes: ["hybrid"] } as const;
    const before = await runEval({ searcher: searcher({ ...answers, 그림: ["9", "2510.00001"] }) }, options);
    const baseline = join(folder, "baseline.json");
    await writeFile(baseline, JSON.stringify(saveRun(before.outcomes, "an earlier run")));
    const report = await runEval({ searcher: searcher(answers) }, { ...options, baseline });
    const gain = 1 - Number((1 / Math.log2(3)).toFixed(4));
    expect(report.comparison?.rows[0]).toMatchObject({
      lang: "all",
      queries: 2,
      change: { mean: expect.closeTo(gain / 2, 6) },
    });
    expect(report.comparison?.changed).toEqual([
      { query: "hybrid dev.jsonl q1 그림", before: 0.6309, after: 1 },
    ]);
    const text = formatEval(report, "text");
    expect(text).toContain("since: an earlier run");
    expect(text).toContain("+0.185");
  });

  it("refuses a file that is no saved run", async () => {
    const path = await file("dev.jsonl", queries);
    const work = runEval({ searcher: searcher(answers) }, { queries: [path], baseline: path });
    await expect(work).rejects.toMatchObject({ code: "bad-parameter", subject: path });
    expect(asked).toEqual([]);
  });
});

describe("a report", () => {
  it("is a table with a row for each language, in text and in Markdown", async () => {
    const path = await file("dev.jsonl", queries);
    const report = await runEval({ searcher: searcher(answers) }, { queries: [path], modes: ["hybrid"] });
    expect(formatEval(report, "text")).toMatch(/dev\.jsonl {2}hybrid {2}ko +1 +1\.000 +\[/u);
    expect(formatEval(report, "markdown")).toContain("| dev.jsonl | hybrid | ko | 1 | 1.000 |");
    expect(JSON.parse(formatEval(report, "json"))).toEqual(report);
  });
});

it.each(["no-such-file.jsonl", "."])("names a file of queries that can't be read: %s", async (name) => {
  const work = runEval({ searcher: searcher(answers) }, { queries: [join(folder, name)] });
  await expect(work).rejects.toMatchObject({ code: "bad-parameter", subject: join(folder, name) });
});

it("stops when it is cancelled", async () => {
  const path = await file("dev.jsonl", queries);
  const work = runEval({ searcher: searcher(answers) }, { queries: [path], signal: AbortSignal.abort() });
  await expect(work).rejects.toMatchObject({ code: "cancelled" });
});
