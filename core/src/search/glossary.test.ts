/** Reading the glossary, and finding its terms inside queries. */
import { describe, expect, test } from "vitest";
import { glossarySpans, parseGlossary } from "./glossary.ts";

const glossary = parseGlossary([
  "# 주석\n추론|reasoning|inference\n잠재|latent\n시각|visual\n강화학습|reinforcement learning|RL\n표|table\n=STaR|self-taught reasoner",
]);
const found = (text: string) => glossarySpans(text, glossary).map((span) => text.slice(...span.range));

describe("glossary", () => {
  test("spacing variants and compounds are the same terms", () => {
    expect(found("시각 잠재 추론")).toEqual(["시각", "잠재", "추론"]);
    expect(found("시각 잠재추론")).toEqual(["시각", "잠재", "추론"]);
    expect(found("강화 학습")).toEqual(["강화 학습"]);
  });
  test("particles are no part of a term", () => {
    expect(found("추론에서의 오류")).toEqual(["추론"]);
    expect(found("표를 읽는 모델")).toEqual(["표"]);
  });
  test("one syllable inside another word is no term", () => expect(found("표현 학습")).toEqual([]));
  test("English terms match whole words, in any case, also in the plural", () => {
    expect(found("Reinforcement-Learning with tables")).toEqual(["Reinforcement-Learning", "tables"]);
    expect(found("portable")).toEqual([]);
  });
  test("the longest term wins", () => {
    const both = parseGlossary(["보상|reward", "보상 모델|reward model"]);
    expect(glossarySpans("보상 모델", both).map((span) => span.equivalents)).toEqual([["reward model"]]);
  });
  test("the other language comes first", () => {
    expect(glossarySpans("inference", glossary)[0]?.equivalents).toEqual(["추론", "reasoning"]);
  });
  test("a marked term counts only with its own capitals", () => {
    expect(found("STaR")).toEqual(["STaR"]);
    expect(found("star")).toEqual([]);
  });
  test("full-width and decomposed queries have the same terms", () => {
    expect(found("ＲＬ")).toEqual(["ＲＬ"]);
    const decomposed = "추론에서의".normalize("NFD");
    expect(glossarySpans(decomposed, glossary)).toHaveLength(1);
  });
  test("terms of a user's file join the groups of the product's", () => {
    const joined = parseGlossary(["추론|reasoning", "\uFEFF추론 | 리즈닝\r\n한 낱말\n"]);
    expect(glossarySpans("추론", joined)[0]?.equivalents).toEqual(["reasoning", "리즈닝"]);
  });
});
