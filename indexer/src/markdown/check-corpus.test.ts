/** Problems, and spellings that mean one org, seen only when all posts are looked at together. */
import { describe, expect, test } from "vitest";
import { type CorpusPaper, checkCorpus } from "./check-corpus.ts";
import { proposeAliases } from "./propose-aliases.ts";

const withOrgs = (...orgs: readonly string[]) => orgs.map((org) => ({ orgs: [org] }));
const pairsOf = (...orgs: readonly string[]) =>
  proposeAliases(withOrgs(...orgs)).map(({ from, to }) => [from, to]);

function paper(id: string, postPath: string, more: Partial<CorpusPaper> = {}): CorpusPaper {
  return { id, kind: "paper", title: id, arxivId: null, url: null, orgs: [], postPath, ...more };
}

describe("proposeAliases", () => {
  test("finds slips, the word university, and blanks", () => {
    expect(pairsOf("uc berkeley", "uc berkeley", "uc berkely")).toEqual([["uc berkely", "uc berkeley"]]);
    expect(pairsOf("tsinghua", "tsinghua", "tsinghua university")).toEqual([
      ["tsinghua university", "tsinghua"],
    ]);
    expect(pairsOf("hugging face", "hugging face", "huggingface")).toEqual([["huggingface", "hugging face"]]);
    expect(pairsOf("서울대", "서울대", "서울대학교")).toEqual([["서울대학교", "서울대"]]);
  });

  test("leaves alone what may be two orgs", () => {
    expect(pairsOf("meta", "meta", "beta")).toEqual([]);
    expect(pairsOf("google", "google", "google research")).toEqual([]);
    expect(pairsOf("washington", "washington university", "university of washington")).toEqual([]);
    expect(pairsOf("team gpt-41", "team gpt-41", "team gpt-42")).toEqual([]);
  });

  test("names one target when spellings form a chain", () => {
    const found = pairsOf(
      "renmin univ.",
      "renmin univ.",
      "renmin univ.",
      "renmin",
      "renmin",
      "renmin university",
    );
    expect(found.map(([, to]) => to)).toEqual(["renmin univ.", "renmin univ."]);
  });
});

describe("checkCorpus", () => {
  test("reports a paper that two posts review, whatever the order they come in", () => {
    const papers = [
      paper("a/x", "a.md", { arxivId: "2501.00001" }),
      paper("b/x", "b.md", { arxivId: "2501.00001" }),
    ];
    const found = checkCorpus(papers);
    expect(found.map(({ code, file }) => [code, file])).toEqual([["duplicate-paper", "b.md"]]);
    expect(checkCorpus(papers.toReversed())).toEqual(found);
  });

  test("reports files that differ in the extension alone", () => {
    expect(checkCorpus([paper("a/x", "a.md"), paper("a/x", "a.mdx")])).toMatchObject([
      { code: "duplicate-id", severity: "error", file: "a.mdx" },
    ]);
  });

  test("reports a spelling once, where it stands first", () => {
    const papers = ["a.md", "b.md", "c.md"].map((path, at) =>
      paper(path, path, { orgs: [at === 2 ? "uc berkely" : "uc berkeley"] }),
    );
    expect(checkCorpus(papers)).toMatchObject([{ code: "similar-orgs", file: "c.md" }]);
  });
});
