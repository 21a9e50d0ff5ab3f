/** The whole searcher over the sample index: filters, exact names, pages, explanations, snippets. */
import { describe, expect, test } from "vitest";
import { createHashEmbedder } from "../adapters/hash-embedder.ts";
import { createPlainSimilarity } from "../adapters/plain-similarity.ts";
import { Failure } from "../model/failure.ts";
import type { Embedder } from "../ports/embedder.ts";
import { createRanking } from "./ranking.ts";
import { ask, type SamplePaper, sampleSnapshot } from "./sample-index.ts";
import { createSearcher } from "./searcher.ts";

const papers: readonly SamplePaper[] = [
  {
    slug: "sketchpad",
    title: "Latent Sketchpad",
    text: "이미지 기반 생각으로 시각 추론을 한다.",
    orgs: ["microsoft"],
    tags: ["멀티모달"],
    date: "2025-10-29",
    url: "https://huggingface.co/papers/2510.24514",
  },
  {
    slug: "atlas",
    title: "ATLAS",
    text: "다국어 스케일링 법칙을 검증한다.",
    orgs: ["google"],
    date: "2025-10-28",
  },
  {
    slug: "tars",
    title: "Game-TARS",
    text: "키보드와 마우스로 게임을 하는 에이전트.",
    orgs: ["bytedance"],
    date: "2025-10-27",
  },
  {
    slug: "gemma",
    title: "Gemma",
    text: "작은 언어 모델. 다국어 능력도 좋다.",
    orgs: ["google"],
    date: "2024-03-01",
  },
];

interface Options {
  readonly embedder?: Embedder | null;
  readonly papers?: readonly SamplePaper[];
}

async function searcher(options: Options = {}) {
  const model = createHashEmbedder();
  const embedder = options.embedder === undefined ? model : options.embedder;
  const snapshot = await sampleSnapshot(options.papers ?? papers, model);
  const glossary = ["추론|reasoning\n다국어|multilingual"];
  const ranking = createRanking({ glossary, embedder, similarity: createPlainSimilarity() });
  return createSearcher({ snapshot, embedder, siteUrl: null, clock: () => 0, ranking });
}
const ids = (answer: { readonly results: readonly { readonly paper: { readonly id: string } }[] }) =>
  answer.results.map(({ paper }) => paper.id);

describe("listing", () => {
  test.each([
    ["-다국어", ["sketchpad", "tars"], "a word of the text, with a particle"],
    ["-Sketchpad", ["atlas", "tars", "gemma"], "a word of the title"],
    ["org:google -스케일링", ["gemma"], "beside a filter"],
    ["-다국어 -게임", ["sketchpad"], "two words"],
    ['-"작은 언어"', ["sketchpad", "atlas", "tars"], "a phrase"],
    ["-법", ["sketchpad", "tars", "gemma"], "a syllable, too short to look up"],
    ["-멀티모달", ["atlas", "tars", "gemma"], "a tag"],
    ["-국어", ["sketchpad", "atlas", "tars", "gemma"], "the end of a word is another word"],
  ])("a query of exclusions alone excludes: %s", async (typed, left) => {
    const answer = await (await searcher()).search(ask(typed));
    expect(ids(answer)).toEqual(left);
    expect(answer).toMatchObject({ total: left.length, match: "good" });
    expect(answer.facets.year.reduce((sum, { count }) => sum + count, 0)).toBe(left.length);
  });
  test.each(['""', "-", "*", "(((", "\0"])("%j is an empty query", async (typed) => {
    const answer = await (await searcher()).search(ask(typed));
    expect(ids(answer)).toEqual(["sketchpad", "atlas", "tars", "gemma"]);
    expect(answer.match).toBe("good");
  });
  test("an empty query lists papers, newest first, with facets over all of them", async () => {
    const answer = await (await searcher()).search(ask(" ", { limit: 2 }));
    expect(ids(answer)).toEqual(["sketchpad", "atlas"]);
    expect(answer).toMatchObject({ total: 4, match: "good" });
    expect(answer.facets.org[0]).toEqual({ value: "google", count: 2 });
    expect(answer.facets.year).toEqual([
      { value: "2025", count: 3 },
      { value: "2024", count: 1 },
    ]);
  });
  test("filters of the address and of the query", async () => {
    const search = (await searcher()).search;
    expect(ids(await search(ask("", { filters: { org: ["Google"] } })))).toEqual(["atlas", "gemma"]);
    expect(ids(await search(ask("org:google before:2024")))).toEqual(["gemma"]);
    expect(ids(await search(ask("", { filters: { from: "2025-10-28", tag: ["멀티모달"] } })))).toEqual([
      "sketchpad",
    ]);
    expect(ids(await search(ask("", { filters: { org: ["nowhere"] } })))).toEqual([]);
  });
});

describe("search", () => {
  test.each(["hybrid", "semantic", "lexical"] as const)("%s finds the paper that says it", async (mode) => {
    expect(ids(await (await searcher()).search(ask("다국어 스케일링 법칙", { mode })))[0]).toBe("atlas");
  });
  test("decomposed and full-width queries find the same", async () => {
    const { search } = await searcher();
    const plain = ids(await search(ask("game 게임")));
    expect(ids(await search(ask("ｇａｍｅ 게임".normalize("NFD"))))).toEqual(plain);
  });
  test("a filter holds for every stage", async () => {
    const answer = await (await searcher()).search(ask("Latent Sketchpad", { filters: { org: ["google"] } }));
    expect(new Set(ids(answer))).toEqual(new Set(["atlas", "gemma"]));
  });
  test("an id finds its paper alone; an unknown id finds nothing and says so", async () => {
    const { search } = await searcher();
    expect(ids(await search(ask("arxiv.org/abs/2510.24514")))).toEqual(["sketchpad"]);
    expect(await search(ask("2510.99999"))).toMatchObject({ total: 0, match: "weak", results: [] });
  });
  test("every paper that holds a quoted phrase counts, also beyond the candidates", async () => {
    const many = Array.from({ length: 230 }, (_, at) => ({
      slug: `p${at}`,
      title: `논문 ${at}`,
      text: at % 2 === 0 ? "잠재 공간에서의 추론" : "공간 잠재 추론",
    }));
    const embedder = createHashEmbedder();
    const searcher = createSearcher({
      snapshot: await sampleSnapshot(many, embedder),
      embedder,
      ranking: createRanking({ glossary: [], embedder, similarity: createPlainSimilarity() }),
      siteUrl: null,
      clock: () => 0,
    });
    const last = await searcher.search(ask('"잠재 공간"', { offset: 110 }));
    expect(last.total).toBe(115);
    expect(last.results).toHaveLength(5);
    expect((await searcher.search(ask('"잠재 공간" "공간 잠재"'))).total).toBe(10);
  });
  test("a quoted phrase must be there, whatever its case; if nowhere, the nearest come as such", async () => {
    const { search } = await searcher();
    expect(ids(await search(ask('"시각  추론"')))).toEqual(["sketchpad"]);
    const missing = await search(ask('"시각 게임"'));
    expect(missing.match).toBe("weak");
    expect(missing.degraded).toEqual(['No paper holds "시각 게임": these are the nearest.']);
    expect(missing.limitations).toEqual([{ code: "phrase-not-found", phrases: ["시각 게임"] }]);
    expect(missing.results.length).toBeGreaterThan(0);
  });
  test("a date that can't be read is searched as text, and the answer says so", async () => {
    const answer = await (await searcher()).search(ask("다국어 after:2025-99-99"));
    expect(answer.degraded).toEqual([
      "after:2025-99-99 names no date (write 2025, 2025-10 or 2025-10-01), so it was searched as text.",
    ]);
    expect(answer.limitations).toEqual([{ code: "not-a-date", words: ["after:2025-99-99"] }]);
    expect(ids(answer)).toContain("atlas");
  });
  test("an excluded word keeps its papers out", async () => {
    expect(ids(await (await searcher()).search(ask("다국어 -스케일링")))).not.toContain("atlas");
  });
  test("pages never overlap, and newest first is the catalogue's order", async () => {
    const { search } = await searcher();
    const whole = ids(await search(ask("다국어 모델", { sort: "newest" })));
    const pages = [0, 1, 2, 3].map((offset) =>
      search(ask("다국어 모델", { sort: "newest", offset, limit: 1 })),
    );
    expect((await Promise.all(pages)).flatMap(ids)).toEqual(whole);
    expect(whole).toEqual(["sketchpad", "atlas", "tars", "gemma"].filter((id) => whole.includes(id)));
  });
  test("every score is a probability, and explanations name the stages and the terms", async () => {
    const answer = await (await searcher()).search(ask("시각 reasoning", { explain: true }));
    for (const { score } of answer.results) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
    const explain = answer.results.find(({ paper }) => paper.id === "sketchpad")?.explain;
    expect(explain).toMatchObject({ semantic: { rank: expect.any(Number) }, lateInteraction: { rank: 1 } });
    expect(explain?.notes).toContain("reasoning: also 추론.");
    expect(explain?.terms?.map((term) => term.query)).toEqual(["시각", "reasoning"]);
  });
  test("snippets mark what was asked for", async () => {
    const [first] = (await (await searcher()).search(ask("스케일링"))).results;
    const snippet = first?.sections[0]?.snippet;
    expect(snippet?.ranges.map((range) => snippet.text.slice(...range))).toContain("스케일링");
  });
  test("a slip of the keyboard layout is offered", async () => {
    const answer = await (await searcher()).search(ask("cnfhs"));
    expect(answer.query.suggestion).toBe("추론");
  });
  test("markup and odd characters are plain text", async () => {
    const { search } = await searcher();
    for (const text of [
      "<script>",
      "'; DROP TABLE papers;--",
      "%_\\",
      "\u0000",
      "((((",
      '"',
      "😀",
      "가".repeat(1000),
    ]) {
      expect((await search(ask(text))).results.length).toBeLessThanOrEqual(10);
    }
  });
  test("the empty index answers with nothing", async () => {
    expect(await (await searcher({ papers: [] })).search(ask("추론"))).toMatchObject({
      total: 0,
      results: [],
    });
  });
});

describe("without a model", () => {
  test("results are by words, and the answer says so", async () => {
    const answer = await (await searcher({ embedder: null })).search(ask("다국어 스케일링"));
    expect(ids(answer)[0]).toBe("atlas");
    expect(answer.degraded).toEqual([
      "The language model is not loaded: results are by words only, not by meaning.",
    ]);
    expect(answer.limitations).toEqual([{ code: "not-loaded" }]);
  });
  test("a model that fails on a query is no reason to fail", async () => {
    const broken: Embedder = {
      ...createHashEmbedder(),
      embed: async () => {
        throw new Failure("model-broken", "The engine failed.");
      },
    };
    const answer = await (await searcher({ embedder: broken })).search(ask("스케일링 법칙"));
    expect(ids(answer)[0]).toBe("atlas");
    expect(answer.degraded).toHaveLength(1);
  });
  test("an abort is passed on", async () => {
    const { search } = await searcher();
    await expect(search(ask("추론"), { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe("related papers", () => {
  test("come best first, without the paper itself; unknown ids are ignored", async () => {
    const { related } = await searcher();
    const found = await related(["atlas", "nowhere"], 3);
    expect(found.map(({ paper }) => paper.id)).not.toContain("atlas");
    expect(found[0]?.paper.id).toBe("gemma");
    expect(await related(["nowhere"], 3)).toEqual([]);
  });
});
