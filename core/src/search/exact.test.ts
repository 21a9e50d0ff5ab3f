/** What a query names exactly: ids, addresses, titles and orgs, also with slips and by sound. */
import { describe, expect, test } from "vitest";
import { createHashEmbedder } from "../adapters/hash-embedder.ts";
import { type CatalogueIndex, catalogueSlices } from "./catalogue-index.ts";
import { exactMatches } from "./exact.ts";
import { resolveOrg } from "./orgs.ts";
import { parseQuery } from "./query.ts";
import { type SamplePaper, sampleSnapshot } from "./sample-index.ts";
import { atOnce } from "./slices.ts";

const papers: readonly SamplePaper[] = [
  {
    slug: "sketchpad",
    title: "Latent Sketchpad",
    subtitle: "Sketching Visual Thoughts",
    orgs: ["microsoft"],
    url: "https://huggingface.co/papers/2510.24514",
  },
  {
    slug: "zero",
    title: "Absolute Zero: Reinforced Self-play Reasoning with Zero Data",
    orgs: ["tsinghua university"],
  },
  { slug: "bert", title: "ModernBERT", orgs: ["hugging face"], url: "https://doi.org/10.1234/modern.bert" },
  {
    slug: "kanana",
    title: "Kanana: Compute-efficient Bilingual Language Models",
    orgs: ["kakao"],
    url: "https://blog.example/kanana/",
  },
  { slug: "illusion", title: "The Illusion of Thinking: Understanding Reasoning Models", orgs: ["apple"] },
  { slug: "auto", title: "Self-Play of Auto-encoders" },
  { slug: "encoders", title: "Autoencoders" },
  ...["a", "b", "c", "d", "e"].map((slug) => ({
    slug,
    title: `Visual Reasoning ${slug.repeat(9)}`,
    orgs: ["google"],
  })),
];

async function index(): Promise<CatalogueIndex> {
  const snapshot = await sampleSnapshot(papers, createHashEmbedder());
  return atOnce(catalogueSlices(await snapshot.catalogue()));
}
const found = async (typed: string) =>
  exactMatches(parseQuery(typed), await index()).map((match) => match.paperId);

describe("exact look-ups", () => {
  test.each([
    ["arXiv:2510.24514v1", "sketchpad"],
    ["https://arxiv.org/abs/2510.24514", "sketchpad"],
    ["doi:10.1234/Modern.BERT", "bert"],
    ["blog.example/kanana", "kanana"],
    ["Latent Sketchpad", "sketchpad"],
    ["ＬＡＴＥＮＴ　sketchpad", "sketchpad"],
    ["Latent Skechpad", "sketchpad"],
    ["Illusion of Thinkng", "illusion"],
    ["absolut zero selfplay", "zero"],
    ["Self Play Reasoning with Zero Data", "zero"],
    ["모던버트", "bert"],
    ["카나나 kakao", "kanana"],
    ["microsoft sketchpad", "sketchpad"],
    ["허깅페이스", "bert"],
    ["Seld play of Autoencoders", "auto"],
    ["self play of auto encoders", "auto"],
    ["self play of autoencoders", "auto"],
    ["apple", "illusion"],
  ])("%s names %s first", async (typed, paper) => expect((await found(typed))[0]).toBe(paper));

  test.each(["visual reasoning", "reasoning", "이미지로 생각하기", "how to sketch a cat", "2510.99999", ""])(
    "%j names no paper: a subject is ranked by meaning",
    async (typed) => expect(await found(typed)).toEqual([]),
  );

  test.each(["{}[];", "->", "😀", "b", "a:b", "%20", "1+1", "벡", "뷁"])(
    "%j is too little to name anybody, also beside an org called by signs alone",
    async (typed) => {
      const signs = await sampleSnapshot(
        [
          { slug: "signs", title: "B-STaR 2.0", orgs: ["…"] },
          { slug: "perl", title: "PeRL" },
        ],
        createHashEmbedder(),
      );
      const names = atOnce(catalogueSlices(await signs.catalogue()));
      expect(exactMatches(parseQuery(typed), names)).toEqual([]);
    },
  );

  test("an org alone names all its papers", async () => {
    expect(await found("google")).toEqual(["a", "b", "c", "d", "e"]);
  });
});

describe("orgs as typed", () => {
  test.each([
    ["Microsoft", ["microsoft"]],
    ["hugging-face", ["hugging face"]],
    ["tsinghua", ["tsinghua university"]],
    ["tsingua", ["tsinghua university"]],
    ["구글", ["google"]],
    ["nowhere", ["nowhere"]],
  ])("%s", async (typed, orgs) => expect(resolveOrg(typed, await index())).toEqual(orgs));
});
