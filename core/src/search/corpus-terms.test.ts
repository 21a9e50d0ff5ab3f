/** Which words of a review are terms, and that suggestions know them, most used first. */
import { describe, expect, test, vi } from "vitest";
import { createHashEmbedder } from "../adapters/hash-embedder.ts";
import { createPlainSimilarity } from "../adapters/plain-similarity.ts";
import { corpusTerms, termsOfText } from "./corpus-terms.ts";
import { parseGlossary } from "./glossary.ts";
import { createRanking } from "./ranking.ts";
import { sampleSnapshot } from "./sample-index.ts";
import { createSearcher } from "./searcher.ts";

const file = "지식 증류|knowledge distillation\n강화학습|reinforcement learning|RL";
const glossary = parseGlossary([file]);
const text = "지식증류를 쓰는 방법이다. speculative 디코딩도 쓴다.";
const papers = Array.from({ length: 5 }, (_, at) => ({
  slug: `p${at}`,
  title: `논문 ${at}`,
  text: at < 3 ? text : "knowledge distillation is a way of training that we use here",
}));

describe("terms of a text", () => {
  test("the glossary's in either language, Latin words in Korean prose, and no words of English prose", () => {
    expect([...termsOfText(text, glossary).values()].sort()).toEqual(["speculative", "지식 증류"]);
    expect([...termsOfText("Knowledge distillation trains a student.", glossary).values()]).toEqual([
      "knowledge distillation",
    ]);
    expect([...termsOfText("the RL 방법을 쓰는 이야기", glossary).values()]).toEqual(["RL"]);
  });
  test("each paper counts once, and a term needs three", async () => {
    const snapshot = await sampleSnapshot(papers, createHashEmbedder());
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    expect(await corpusTerms(snapshot, await snapshot.catalogue(), glossary, pause)).toEqual([
      { text: "speculative", papers: 3 },
      { text: "지식 증류", papers: 3 },
    ]);
    expect(pauses).toBe(1);
  });
});

test("suggestions come from the catalogue at once, and from the text as soon as it has been read", async () => {
  const embedder = createHashEmbedder();
  const searcher = createSearcher({
    snapshot: await sampleSnapshot(papers, embedder),
    embedder,
    ranking: createRanking({ glossary: [file], embedder, similarity: createPlainSimilarity() }),
    siteUrl: null,
    clock: () => 0,
  });
  expect((await searcher.suggest("논문", 1))[0]?.kind).toBe("title");
  await vi.waitFor(async () => {
    expect((await searcher.suggest("specu", 3)).map((one) => one.text)).toEqual(["speculative"]);
  });
  expect((await searcher.suggest("ㅈㅅㅈㄹ", 3)).map((one) => one.text)).toEqual(["지식 증류"]);
});
