/** Which words of a query count as known: what tells a question of the field from hands on a keyboard. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHashEmbedder } from "../adapters/hash-embedder.ts";
import { catalogueSlices } from "./catalogue-index.ts";
import { familiarShare } from "./familiarity.ts";
import { parseGlossary } from "./glossary.ts";
import { sampleSnapshot } from "./sample-index.ts";
import { atOnce } from "./slices.ts";
import { createVocabulary } from "./vocabulary.ts";

const snapshot = await sampleSnapshot(
  [{ slug: "sketchpad", title: "Latent Sketchpad", orgs: ["microsoft"] }],
  createHashEmbedder(),
);
const known = {
  glossary: parseGlossary(["강화학습 | reinforcement learning\n추론 | reasoning"]),
  vocabulary: createVocabulary(["학습률", "policy gradients"]),
  names: atOnce(catalogueSlices(await snapshot.catalogue())),
  isMet: () => false,
};
const share = (text: string) => familiarShare(text, known);

describe("the familiar share of a query", () => {
  test.each([
    ["강화 학습", 1],
    ["추론에서의 고양이", 0.5],
    ["gradient", 1],
    ["학습", 1],
    ["sketchpad", 1],
    ["skechpad", 1],
    ["마이크로소프트", 1],
    ["논문", 0],
    ["vusgid", 0],
    ["xkcdplugh qwertyuiop", 0],
    ["ㅎㄱ ㄴㅍㄷ", 0],
    ["q 7 42", 0],
    ["%zz", 0],
    ["😀", 0],
    ["", 0],
  ])("of %j is %d", (text, expected) => expect(share(text)).toBe(expected));

  test("a word that the best results hold is known, in an index of any field", () => {
    expect(familiarShare("김치찌개 끓이기", { ...known, isMet: (word) => word === "김치찌개" })).toBe(0.5);
  });
  test("is between 0 and 1 whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(share(text)).toBeGreaterThanOrEqual(0);
        expect(share(text)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("the vocabulary", () => {
  const { knows } = createVocabulary(["가르치기", "지식 증류에서", "agents"]);
  test.each([
    ["증류", true],
    ["증류를", true],
    ["가르치는", true],
    ["agent", true],
    ["가", false],
    ["종류", false],
    ["gent", false],
  ])("%s: %s", (word, expected) => expect(knows(word)).toBe(expected));
});
