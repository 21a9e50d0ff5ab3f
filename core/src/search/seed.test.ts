/** The product's promise on its own sample post, with the real model: what was meant is found first. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOnnxSimilarity } from "../adapters/onnx-similarity.ts";
import { openTransformersEmbedder } from "../adapters/transformers-embedder.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Searcher } from "../ports/searcher.ts";
import type { Similarity } from "../ports/similarity.ts";
import { createRanking } from "./ranking.ts";
import { ask, type SamplePaper, sampleSnapshot } from "./sample-index.ts";
import { createSearcher } from "./searcher.ts";

const data = join(import.meta.dirname, "../../../data");

/** The post's papers by their `##` headings: enough of a reader for this one post. */
async function samplePapers(): Promise<readonly SamplePaper[]> {
  const post = await readFile(join(data, "posts/2025-10-29-papers-review.mdx"), "utf8");
  return post
    .split(/^## /mu)
    .slice(1)
    .map((part, order) => {
      const [heading = "", ...lines] = part.split("\n");
      const [, title = "", url = "", badges = ""] =
        /^(?:\d+\. )?\[(.*?)\]\((.*?)\)(.*)$/u.exec(heading) ?? [];
      const subtitle = lines.find((line) => line.startsWith("### "))?.slice(4);
      const text = lines
        .filter((line) => /^[^<#\s]/u.test(line))
        .join("\n")
        .replaceAll("**", "");
      const orgs = [...badges.matchAll(/`([^`]+)`/gu)].map((badge) => badge[1] ?? "");
      return { slug: `${order}`, title, url, orgs, text, ...(subtitle === undefined ? {} : { subtitle }) };
    });
}

let embedder: Embedder;
let similarity: Similarity;
let searcher: Searcher;

beforeAll(async () => {
  embedder = await openTransformersEmbedder("nonmun-e5-small-ko-en");
  similarity = await createOnnxSimilarity();
  const snapshot = await sampleSnapshot(await samplePapers(), embedder);
  const glossary = [await readFile(join(data, "glossary/field.txt"), "utf8")];
  const ranking = createRanking({ glossary, embedder, similarity });
  searcher = createSearcher({ snapshot, embedder, siteUrl: null, clock: () => 0, ranking });
}, 120_000);

afterAll(async () => {
  await similarity.close();
  await embedder.close();
});

const titles = async (text: string, org?: string) => {
  const answer = await searcher.search(ask(text, { filters: org === undefined ? {} : { org: [org] } }));
  return answer.results.map(({ paper }) => paper.title);
};

describe("the sample post", () => {
  test.each([
    ["visual latent reasoning", "VISUAL Latent Reasoning"],
    ["visual latent reasoning", "ｖｉｓｕａｌ latent reasoning"],
    ["시각 rl 추론에서의", "시각 RL 추론에서의".normalize("NFD")],
  ])("%s is answered as %s is, to the last digit", async (plain, typed) => {
    const scores = async (text: string) =>
      (await searcher.search(ask(text))).results.map(({ paper, score }) => [paper.id, score]);
    expect(await scores(typed)).toEqual(await scores(plain));
  });

  test.each([
    ["visual latent reasoning", "Latent Sketchpad"],
    ["그림을 그리며 추론", "Latent Sketchpad"],
    ["시각 잠재추론", "Latent Sketchpad"],
    ["Latent Skechpad", "Latent Sketchpad"],
    ["multi-turn tool calling", "FunReason-MT"],
    ["다국어 스케일링 법칙", "ATLAS"],
    ["키보드 마우스 게임 에이전트", "Game-TARS"],
    ["3D spatial robot manipulation", "From Spatial to Actions"],
  ])("%s finds %s first", async (query, title) => expect((await titles(query))[0]).toContain(title));

  test("an org leaves its papers alone", async () => {
    expect(await titles("", "google")).toEqual(["ATLAS"]);
    expect(await titles("다국어", "google")).toEqual(["ATLAS"]);
  });

  test("Korean words that carried an English query are marked, next to literal ones", async () => {
    const answer = await searcher.search(ask("visual latent reasoning"));
    const snippet = answer.results[0]?.sections[0]?.snippet;
    const marked = (kind: string) =>
      snippet?.marks.filter((mark) => mark.kind === kind).map((mark) => snippet.text.slice(...mark.range)) ??
      [];
    expect(marked("literal")).toContain("visual");
    expect(marked("meaning")).toContain("이미지");
  });
});
