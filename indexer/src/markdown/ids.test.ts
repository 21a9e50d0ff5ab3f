/** Ids of papers: stable, distinct, readable. */
import { describe, expect, test } from "vitest";
import { assignIds, type Named } from "./ids.ts";

const paper = (title: string, arxivId: string | null = null): Named => ({
  kind: "paper",
  title,
  arxivId,
  url: null,
});

describe("assignIds", () => {
  test("takes the path and the name before the colon", () => {
    expect(
      assignIds("2025-10-29-papers-review.mdx", [paper("Latent Sketchpad: Sketching Visual Thoughts")]),
    ).toEqual(["2025-10-29-papers-review/latent-sketchpad"]);
  });

  test("keeps Hangul and folders", () => {
    expect(assignIds("블로그/글.md", [paper("언어 모델의 환각")])).toEqual(["블로그/글/언어-모델의-환각"]);
  });

  test("two papers of one name keep their ids when they change places, and when a newer one joins them", () => {
    const [old, later] = [paper("Survey", "2401.00001"), paper("Survey", "2502.00002")];
    expect(assignIds("p.md", [old, later])).toEqual(["p/survey", "p/survey-2502.00002"]);
    expect(assignIds("p.md", [later, old])).toEqual(["p/survey-2502.00002", "p/survey"]);
    expect(assignIds("p.md", [paper("Survey", "2503.00003"), old, later]).slice(1)).toEqual([
      "p/survey",
      "p/survey-2502.00002",
    ]);
  });

  test("a note never takes the id of a paper, and what is alike is counted", () => {
    const note: Named = { kind: "note", title: "Survey", arxivId: null, url: null };
    expect(assignIds("p.md", [note, paper("Survey"), note])).toEqual([
      "p/survey-2",
      "p/survey",
      "p/survey-3",
    ]);
  });

  test("a title without letters still gives an id", () => {
    expect(assignIds("p.md", [paper("🚀", "2401.00001"), paper("…")])).toEqual([
      "p/2401.00001",
      "p/untitled",
    ]);
  });
});
