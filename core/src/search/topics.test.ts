/** Topics of the map: told apart by what is frequent here and rare elsewhere, in both languages. */
import { expect, test } from "vitest";
import type { PaperCard } from "../ports/index-store.ts";
import type { MapPlace } from "../ports/searcher.ts";
import { clusterSlices } from "./clusters.ts";
import { parseGlossary } from "./glossary.ts";
import { atOnce } from "./slices.ts";
import { termsOfTitle } from "./title-terms.ts";
import { topicSlices } from "./topics.ts";

const glossary = parseGlossary([
  "diffusion|확산",
  "retrieval-augmented generation|검색 증강 생성",
  "환각|hallucination",
]);

/** Twelve papers around each corner, with titles of one subject a corner. */
function corner(subject: string, x: number, y: number): readonly (MapPlace & { readonly title: string })[] {
  return Array.from({ length: 12 }, (_, at) => ({
    id: `${subject}-${at}`,
    title: `${subject} Number${at}: An Efficient Approach for Large Language Models`,
    x: x + (at % 4) / 100,
    y: y + Math.floor(at / 4) / 100,
  }));
}

const papers = [
  ...corner("Diffusion", 0.1, 0.1),
  ...corner("Retrieval-Augmented Generation", 0.9, 0.1),
  ...corner("Code Agents", 0.5, 0.9),
];
const cards = new Map(
  papers.map(({ id, title }): [string, PaperCard] => [
    id,
    {
      id,
      kind: "paper",
      title,
      subtitle: null,
      arxivId: null,
      url: null,
      orgs: [],
      tags: [],
      date: null,
      postPath: "a.md",
      postTitle: "a",
      postSlug: "a",
      order: 0,
      anchor: id,
    },
  ]),
);

test("each region is named by its own subject, in Korean too where the glossary has it", () => {
  const names = atOnce(topicSlices(papers, cards, glossary)).map(({ en, ko }) => [en, ko]);
  expect(names.toSorted()).toEqual([
    ["code agent", null],
    ["diffusion", "확산"],
    ["retrieval-augmented generation", "검색 증강 생성"],
  ]);
});

test("the order of the papers makes no difference", () => {
  expect(atOnce(topicSlices(papers.toReversed(), cards, glossary))).toEqual(
    atOnce(topicSlices(papers, cards, glossary)),
  );
});

test("words that are in every title, or only praise, name nothing", () => {
  const terms = termsOfTitle(["An Efficient Framework towards Better Large Language Models"], glossary);
  expect([...terms.values()].map(({ en }) => en)).toEqual([]);
});

test("a Korean title is named in both languages, and an abbreviation keeps its capitals", () => {
  const terms = [...termsOfTitle(["환각을 줄이는 LoRA"], glossary).values()];
  expect(terms.find(({ ko }) => ko === "환각")?.en).toBe("hallucination");
  expect(terms.some(({ en }) => en === "LoRA")).toBe(true);
});

test("places that lie together make one region, and no places none", () => {
  expect(
    atOnce(clusterSlices(papers)).map(
      ({ members }) => new Set(members.map(({ id }) => id.split("-")[0])).size,
    ),
  ).toEqual([1, 1, 1]);
  expect(atOnce(clusterSlices([]))).toEqual([]);
});
