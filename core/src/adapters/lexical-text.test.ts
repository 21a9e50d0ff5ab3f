/** Terms: what lexical search can find. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { chunkTerms, ngrams, queryTerms, queryTermsMax } from "./lexical-text.ts";

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ["pairs of Hangul inside a word with its particle", "논문에서의", ["논문", "문에", "에서", "서의"]],
  ["threes of Latin letters, folded", "Ｓketch", ["ske", "ket", "etc", "tch"]],
  ["a short Latin word whole", "RL은", ["rl"]],
  ["Hangul glued to Latin as a word of its own", "GPT의미", ["gpt", "의미"]],
  ["an arXiv id by its numbers", "2510.24514", ["251", "510", "245", "451", "514"]],
  ["a version number of one digit", "Llama 3", ["lla", "lam", "ama", "3"]],
  ["nothing of single letters and signs", "가 a ?! -- ()", []],
  ["decomposed Hangul like composed", "추론".normalize("NFD"), ["추론"]],
];
for (const [name, text, expected] of cases) {
  it(`cuts ${name}`, () => expect(ngrams(text)).toEqual(expected));
}

it("finds a chunk by its paper's title, org and arXiv id", () => {
  const paper = { title: "보상", subtitle: "해킹", orgs: ["meta"], arxivId: "2501.0" };
  expect(chunkTerms({ embedded: "본문" }, paper)).toEqual([
    "보상",
    "해킹",
    "met",
    "eta",
    "250",
    "501",
    "0",
    "본문",
  ]);
});

it("matches a bounded number of different terms, whatever is pasted", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 3000 }), (text) => {
      const terms = queryTerms(text);
      expect(terms.length).toBeLessThanOrEqual(queryTermsMax);
      expect(new Set(terms).size).toBe(terms.length);
      // A blank would make one term two for the store that splits at blanks.
      expect(terms.every((term) => !/\s/u.test(term))).toBe(true);
    }),
  );
});
