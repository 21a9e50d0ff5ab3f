/** The worker's answers: found, and what a reader is told when the file of the search does not come or makes no sense. */
import { createHashEmbedder } from "@nonmun/core/adapters/hash-embedder";
import { packIndex } from "@nonmun/core/adapters/published-index";
import { sampleSnapshot } from "@nonmun/core/search/sample-index";
import { beforeAll, expect, test } from "vitest";
import { createSiteSearch } from "./site-search.ts";
import { wordsFor } from "./words.ts";

let json = "";
beforeAll(async () => {
  const papers = Array.from({ length: 25 }, (_, at) => ({
    slug: `paper-${at}`,
    title: `Paper ${at}`,
    text: `추론을 하는 모델 ${at}`,
    orgs: [at % 2 === 0 ? "google" : "microsoft"],
  }));
  const snapshot = await sampleSnapshot(papers, createHashEmbedder());
  json = JSON.stringify(await packIndex(snapshot, { glossary: [], siteUrl: null }));
});

/** Answers each fetch with the next of `responses`, the last one for ever; `asked` says which were to be past the cache. */
function searchWith(...responses: (() => Response)[]) {
  const asked: boolean[] = [];
  const search = createSiteSearch({
    fetchIndex: async (again) => {
      const respond = responses[Math.min(asked.length, responses.length - 1)];
      asked.push(again);
      if (respond === undefined) throw new Error("No response was given.");
      return respond();
    },
    clock: () => 0,
  });
  return { search, asked };
}

const good = () => new Response(json);
const offline = () => {
  throw new TypeError("Failed to fetch");
};

test("the index is fetched once, with the first question", async () => {
  const { search, asked } = searchWith(good);
  expect(asked).toEqual([]);
  await Promise.all([search({ number: 1, query: "?q=추론" }), search({ number: 2, query: "?q=모델" })]);
  expect(await search({ number: 3, query: "?org=google" })).toMatchObject({
    number: 3,
    kind: "found",
    answer: { total: 13 },
    suggestions: [],
  });
  expect(asked).toEqual([false]);
});

test("an answer says how many results come with more of them, until all are shown", async () => {
  const { search } = searchWith(good);
  const query = "?org=google&org=microsoft";
  expect(await search({ number: 1, query })).toMatchObject({ next: 20, answer: { total: 25 } });
  expect(await search({ number: 2, query: `${query}&shown=20` })).toMatchObject({ next: 30 });
  expect(await search({ number: 3, query: `${query}&shown=30` })).toMatchObject({ next: null });
});

test("what is typed brings suggestions", async () => {
  const { search } = searchWith(good);
  const told = await search({ number: 1, query: "?q=pap" });
  expect(told.kind === "found" ? told.suggestions.length : 0).toBeGreaterThan(0);
});

test.each([
  ["without a network", offline, "unreachable", "Failed to fetch"],
  ["when the file is not there", () => new Response("", { status: 404 }), "unreachable", "404"],
  ["when the host has a page in its place", () => new Response("<!doctype html>"), "damaged", "damaged"],
  ["when the file is cut short", () => new Response(json.slice(0, 500)), "damaged", "damaged"],
] as const)("%s the answer says so", async (_, respond, trouble, detail) => {
  const { search } = searchWith(respond);
  const told = await search({ number: 1, query: "?q=추론" });
  expect(told).toEqual({ number: 1, kind: "failed", trouble, detail: expect.stringContaining(detail) });
});

test("the next question tries again, past the browser's cache", async () => {
  const { search, asked } = searchWith(offline, good);
  expect((await search({ number: 1, query: "?q=추론" })).kind).toBe("failed");
  expect((await search({ number: 2, query: "?q=추론" })).kind).toBe("found");
  expect(asked).toEqual([false, true]);
});

test.each(["ko", "en"])("a reader is told each trouble in a sentence of its own (%s)", (locale) => {
  const { failed } = wordsFor(locale);
  const sentences = (["unreachable", "damaged", "broken"] as const).map((trouble) => failed(trouble, "x"));
  expect(new Set(sentences).size).toBe(3);
  const isKorean = sentences.map((sentence) => /\p{Script=Hangul}/u.test(sentence));
  expect(isKorean).toEqual(sentences.map(() => locale === "ko"));
});
