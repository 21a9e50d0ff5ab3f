/** How lexicon files are read, and what a person is told of lines that can't be. */
import { describe, expect, test } from "vitest";
import { Failure } from "../model/failure.ts";
import { descriptionsOf, parseLexicon } from "./lexicon.ts";

const read = (...texts: readonly string[]) =>
  parseLexicon(texts.map((text, at) => ({ name: `file ${at + 1}`, text })));

describe("lexicon", () => {
  test("a line is a concept: terms, then descriptions in both languages", () => {
    const { concepts } = read(
      "# 주석\n\n지식 증류 | distillation ;; copying a big model / a cheap copy ;; 큰 모델 따라 하기\r\n",
    );
    expect(concepts).toEqual([
      {
        name: "지식 증류",
        terms: ["지식 증류", "distillation"],
        descriptions: ["copying a big model", "a cheap copy", "큰 모델 따라 하기"],
      },
    ]);
  });
  test("a slash inside a description is no border, and one language is enough", () => {
    expect(read("A/B testing;;comparing on/off in public").concepts[0]).toMatchObject({
      terms: ["A/B testing"],
      descriptions: ["comparing on/off in public"],
    });
    expect(read("증류 ;; ;; 따라 하기").concepts[0]?.descriptions).toEqual(["따라 하기"]);
  });
  test("a concept of one's own with a known first term adds to it, each text once", () => {
    const lexicon = read(
      "MoE | 전문가 혼합 ;; many experts",
      "moe | mixture ;; Many Experts / a router ;;\n",
    );
    expect(lexicon.concepts).toEqual([
      { name: "MoE", terms: ["MoE", "전문가 혼합", "mixture"], descriptions: ["many experts", "a router"] },
    ]);
    expect(descriptionsOf(lexicon)).toEqual(["many experts", "a router"]);
  });
  test("names the file and the lines that can't be understood", () => {
    const broken = () =>
      read("좋은 것 ;; fine", "no field at all\nMoE ;; experts ;;\n | ;; nameless ;;\nempty ;; ;;");
    expect(broken).toThrow(
      "file 2 is no lexicon: line 1: it needs three fields apart by `;;`; line 3: it names no term; line 4: it describes nothing.",
    );
    expect(broken).toThrow(Failure);
  });
});
