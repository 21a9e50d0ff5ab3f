/** Tests of an answer in the terminal. */
import type { SearchResponse, SearchResult } from "@nonmun/core/contract";
import { describe, expect, it } from "vitest";
import { resultLines } from "./show-results.ts";
import type { Style } from "./style.ts";

const marks: Style = { bold: (text) => `*${text}*`, dim: (text) => text };

const result: SearchResult = {
  paper: {
    id: "2025-10-29/latent-sketchpad",
    kind: "paper",
    title: "Latent Sketchpad",
    subtitle: "Sketching Visual Thoughts",
    arxivId: "2510.24514",
    url: null,
    orgs: ["microsoft", "서울대"],
    tags: [],
    date: "2025-10-29",
    post: { path: "2025-10-29.mdx", title: "리뷰" },
    href: "/papers/2025-10-29/latent-sketchpad",
    sourceHref: null,
  },
  score: 0.987,
  sections: [
    {
      heading: ["Latent Sketchpad", "방법"],
      anchor: "방법",
      href: "/",
      snippet: {
        text: "그림을 그리며 추론한다",
        ranges: [
          [0, 3],
          [8, 12],
        ],
        marks: [],
      },
      score: 1,
    },
  ],
};

const response: SearchResponse = {
  query: { text: "그림 추론", mode: "hybrid", filters: {}, suggestion: null },
  total: 1,
  match: "good",
  tookMs: 12.4,
  degraded: [],
  limitations: [],
  results: [result],
  facets: { org: [], tag: [], year: [], post: [] },
};

const lines = (changes: Partial<SearchResponse>, columns = 100) =>
  resultLines({ ...response, ...changes }, marks, columns);

it("shows title, facts, how to go on, and the passage with its words marked", () => {
  expect(lines({})).toBe(
    [
      " 1. *Latent Sketchpad: Sketching Visual Thoughts*",
      "    microsoft, 서울대 · 2510.24514 · 2025-10-29 · 99 % · 2025-10-29.mdx",
      "    nonmun show 2025-10-29/latent-sketchpad",
      "    › 방법",
      "    *그림을* 그리며 *추론한다*",
      "",
      "1 paper · 12 ms",
    ].join("\n"),
  );
});

it("leaves out facts that are not known, and passages without text", () => {
  const bare: SearchResult = {
    ...result,
    paper: { ...result.paper, subtitle: null, arxivId: null, date: null, orgs: [] },
    sections: [
      { heading: [], anchor: "", href: "/", snippet: { text: "", ranges: [], marks: [] }, score: 0 },
    ],
  };
  expect(
    lines({ results: [bare] })
      .split("\n")
      .slice(0, 3),
  ).toEqual([
    " 1. *Latent Sketchpad*",
    "    99 % · 2025-10-29.mdx",
    "    nonmun show 2025-10-29/latent-sketchpad",
  ]);
});

describe("before the results it says", () => {
  it("what the person may have meant, and what is missing", () => {
    const query = { ...response.query, suggestion: "추론" };
    expect(lines({ query, degraded: ["The model is loading."] })).toMatch(
      /^The model is loading\.\n\nDid you mean: 추론\n\n 1\. /u,
    );
  });
  it("that nothing was found", () => {
    expect(lines({ results: [], total: 0, match: "weak" })).toBe(
      "Nothing was found. Try other words, or fewer filters.",
    );
  });
  it("that nothing really answers", () => {
    expect(lines({ match: "weak" })).toMatch(/^Nothing here really answers this/u);
  });
});

it("explains each stage in its order, when asked", () => {
  const explain = {
    semantic: { rank: 2, score: 0.8 },
    lexical: { rank: 1, score: 4.25 },
    exact: { rule: "title", matched: "sketchpad" },
    terms: [{ query: "그림", matched: "sketch", score: 0.71 }],
    notes: ["The title holds the query."],
  };
  const shown = lines({ results: [{ ...result, explain }] });
  expect(shown).toContain(
    [
      '    exact: title "sketchpad"',
      "    semantic 2. (0.800), lexical 1. (4.250)",
      "    그림 → sketch 0.71",
      "    The title holds the query.",
    ].join("\n"),
  );
});
