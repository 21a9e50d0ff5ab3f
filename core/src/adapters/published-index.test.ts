/** A published index: what goes in comes out, it is searched by words in both languages, and what is damaged is not opened. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Snapshot } from "../ports/index-store.ts";
import type { Searcher, SearchRequest } from "../ports/searcher.ts";
import { createRanking } from "../search/ranking.ts";
import { ask, sampleSnapshot } from "../search/sample-index.ts";
import { createSearcher } from "../search/searcher.ts";
import { createHashEmbedder } from "./hash-embedder.ts";
import { openPublishedIndex, type PublishedIndex, packIndex, readPublishedIndex } from "./published-index.ts";

const settings = { glossary: ["강화학습 | reinforcement learning | RL"], siteUrl: "https://blog.example" };
let original: Snapshot;
let json = "";
let searcher: Searcher;

beforeAll(async () => {
  original = await sampleSnapshot(
    [
      {
        slug: "sketch",
        title: "Latent Sketchpad",
        subtitle: "Sketching Visual Thoughts",
        text: "그림을 그리면서 추론을 하는 모델이다.",
        orgs: ["microsoft"],
        tags: ["vision"],
        url: "https://arxiv.org/abs/2510.24514",
        date: "2025-10-29",
      },
      {
        slug: "atlas",
        title: "ATLAS",
        text: "다국어 사전학습의 scaling law를 강화학습 없이 잰다.",
        orgs: ["google"],
        tags: ["scaling", "vision"],
        date: "2025-11-02",
      },
      {
        slug: "tars",
        title: "Game-TARS",
        text: "게임을 하는 에이전트. 추론, 추론, 또 추론한다.",
        orgs: ["bytedance"],
        tags: ["agent"],
        date: "2024-05-01",
      },
    ],
    createHashEmbedder(),
  );
  json = JSON.stringify(await packIndex(original, settings));
  searcher = searcherOf(readPublishedIndex(json));
});

function searcherOf(index: PublishedIndex): Searcher {
  return createSearcher({
    snapshot: openPublishedIndex(index),
    embedder: null,
    ranking: createRanking({ glossary: index.glossary, embedder: null, similarity: null }),
    siteUrl: index.siteUrl,
    clock: () => 0,
  });
}

/** Ids of the papers found, best first. */
async function found(text: string, options: Partial<SearchRequest> = {}): Promise<readonly string[]> {
  const { results } = await searcher.search(ask(text, options));
  return results.map(({ paper }) => paper.id);
}

describe("what goes in comes out", () => {
  test("papers in their order, settings and counts", async () => {
    const index = readPublishedIndex(json);
    const opened = openPublishedIndex(index);
    expect(await opened.catalogue()).toEqual(await original.catalogue());
    expect(opened.manifest.counts).toEqual(original.manifest.counts);
    expect(index).toMatchObject(settings);
  });

  test("chunks, with the text that was embedded and where their own begins in it", async () => {
    const ids = ["atlas", "sketch", "tars"];
    const chunks = await openPublishedIndex(readPublishedIndex(json)).chunksOf(ids);
    const before = await original.chunksOf(ids);
    // Where a chunk stood in its file is of no use without the file.
    expect(chunks.map(({ span: _, ...kept }) => kept)).toEqual(before.map(({ span: _, ...kept }) => kept));
  });

  test("packed twice, the bytes are the same", async () => {
    expect(JSON.stringify(await packIndex(original, settings))).toBe(json);
  });

  test("reviews, vectors and pictures are not in it", async () => {
    const opened = openPublishedIndex(readPublishedIndex(json));
    expect(json).not.toContain("<p>");
    expect((await opened.paper("sketch"))?.html).toBe("");
    expect(await opened.tokens(["sketch#0"])).toEqual(new Map());
  });

  test("an index without a paper answers that it has none", async () => {
    const empty = { ...readPublishedIndex(json), papers: [], chunks: [] };
    const { total, results } = await searcherOf(empty).search(ask("추론"));
    expect({ total, results }).toEqual({ total: 0, results: [] });
  });
});

describe("a search by words", () => {
  test.each([
    ["추론", "the bare noun", ["tars", "sketch"]],
    ["추론을", "to the letter first, then without its particle", ["sketch", "tars"]],
    ["추론에서는", "with particles that no text has", ["tars", "sketch"]],
    ["다국어사전학습", "a compound written as one", ["atlas"]],
    ["사전학", "a part of a word", ["atlas"]],
    ["sketchp", "the beginning of an English word", ["sketch"]],
    ["LATENT sketchPAD", "in other capitals", ["sketch"]],
    ["ｇａｍｅ", "in full width", ["tars"]],
    ["그림".normalize("NFD"), "decomposed, as macOS writes it", ["sketch"]],
  ])("%s finds %s", async (text, _, wanted) => {
    expect(await found(text)).toEqual(wanted);
  });

  test("a paper is found by its arXiv id, and by its org's name", async () => {
    expect(await found("2510.24514")).toEqual(["sketch"]);
    expect(await found("bytedance")).toEqual(["tars"]);
  });

  test.each(["RL", "reinforcement learning"])("%s is in the glossary and finds 강화학습", async (text) => {
    expect((await found(text))[0]).toBe("atlas");
  });

  test("words that stand nowhere find nothing, and that is no error", async () => {
    const answer = await searcher.search(ask("뷁뷁 xyzzyqwv"));
    expect(answer).toMatchObject({ total: 0, results: [], match: "weak" });
  });

  test.each(["", "   ", "?!"])("%j holds no word: every paper is listed, newest first", async (text) => {
    expect(await found(text)).toEqual(["atlas", "sketch", "tars"]);
  });

  test("the more often a text has the word, the earlier it comes, and newest first is the other order", async () => {
    expect(await found("추론")).toEqual(["tars", "sketch"]);
    expect(await found("추론", { sort: "newest" })).toEqual(["sketch", "tars"]);
  });

  test("the mode of words alone takes them as they are, without the glossary", async () => {
    expect(await found("RL", { mode: "lexical" })).toEqual([]);
  });

  test("the same search has the same answer", async () => {
    const request = ask("추론 모델");
    expect(await searcherOf(readPublishedIndex(json)).search(request)).toEqual(
      await searcher.search(request),
    );
  });

  test("a snippet marks the words, in UTF-16 offsets into its text", async () => {
    const { results } = await searcher.search(ask("추론"));
    const { text = "", ranges = [] } = results[1]?.sections[0]?.snippet ?? {};
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(["추론"]);
  });
});

describe("filters", () => {
  test.each([
    [{ org: ["google"] }, ["atlas"]],
    [{ org: ["Google", "bytedance"] }, ["atlas", "tars"]],
    [{ tag: ["vision"] }, ["atlas", "sketch"]],
    [{ tag: ["vision"], org: ["microsoft"] }, ["sketch"]],
    [{ from: "2025-01-01" }, ["atlas", "sketch"]],
    [{ to: "2025-10-29" }, ["sketch", "tars"]],
    [{ post: "2025-10-29-sketch" }, ["sketch"]],
    [{ org: ["nobody"] }, []],
  ])("%j alone list their papers, newest first", async (filters, wanted) => {
    expect(await found("", { filters })).toEqual(wanted);
  });

  test.each([
    ["추론 org:microsoft", ["sketch"]],
    ["추론 -게임", ["sketch"]],
    ["tag:agent", ["tars"]],
    ["추론 before:2024", ["tars"]],
    ['"그림을 그리면서"', ["sketch"]],
  ])("%s is an operator as on the server", async (text, wanted) => {
    expect(await found(text)).toEqual(wanted);
  });

  test("facets count the whole answer", async () => {
    const { facets } = await searcher.search(ask("", { limit: 1 }));
    expect(facets.tag).toEqual([
      { value: "vision", count: 2 },
      { value: "agent", count: 1 },
      { value: "scaling", count: 1 },
    ]);
  });
});

test("titles are suggested from their first letters", async () => {
  const suggestions = await searcher.suggest("lat", 5);
  expect(suggestions.map(({ text }) => text)).toContain("Latent Sketchpad");
});

describe("what is damaged is not opened", () => {
  test.each([
    ["cut short", () => json.slice(0, -20)],
    ["a page of the host in its place", () => "<!doctype html><title>404</title>"],
    ["empty", () => ""],
    ["something else", () => '{"papers":[]}'],
    ["null", () => "null"],
    ["of another format", () => json.replace('"format":1', '"format":2')],
    ["with a paper without a title", () => json.replace('"title":"ATLAS",', "")],
    ["with a chunk that is no object", () => json.replace('"chunks":[', '"chunks":[7,')],
  ])("%s", (_, damaged) => {
    expect(damaged()).not.toBe(json);
    expect(() => readPublishedIndex(damaged())).toThrow(expect.objectContaining({ code: "index-damaged" }));
  });
});
