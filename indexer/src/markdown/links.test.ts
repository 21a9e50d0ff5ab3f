/** Links of a review, and which of them is the paper's own. */
import { describe, expect, test } from "vitest";
import { arxivIdIn, arxivIdOf, isPaperUrl, labelKind, paperKey } from "./links.ts";

describe("arXiv ids", () => {
  test.each([
    ["https://arxiv.org/abs/2510.24514v3", "2510.24514"],
    ["http://www.arxiv.org/pdf/1706.03762.pdf", "1706.03762"],
    ["https://huggingface.co/papers/2510.24514", "2510.24514"],
    ["https://www.alphaxiv.org/abs/2510.24514", "2510.24514"],
    ["https://ar5iv.labs.arxiv.org/html/2510.24514", "2510.24514"],
    ["https://doi.org/10.48550/arXiv.2302.04761", "2302.04761"],
    ["https://arxiv.org/abs/cs/0112017", "cs/0112017"],
    ["https://huggingface.co/datasets/2510.24514", null],
    ["https://example.com/2510.24514", null],
    ["https://arxiv.org/abs/2599.24514", null],
  ])("%s names %s", (url, id) => {
    expect(arxivIdOf(url)).toBe(id);
  });

  test("a text names an id only as such", () => {
    expect(arxivIdIn("(arXiv: 2510.24514v1)")).toBe("2510.24514");
    expect(arxivIdIn("정확도 2510.24514")).toBeNull();
  });
});

test.each([
  ["https://openreview.net/forum?id=abc", true],
  ["https://openaccess.thecvf.com/content/x.html", true],
  ["https://cdn.openai.com/report.pdf", true],
  ["https://github.com/a/b", false],
  ["https://notarxiv.org.example.com/abs/1", false],
  ["https://arxiv.org/", false],
  ["javascript:alert(1)", false],
])("%s leads to a paper: %s", (url, expected) => {
  expect(isPaperUrl(url)).toBe(expected);
});

test.each([
  ["https://arxiv.org/pdf/2510.24514v2", "https://huggingface.co/papers/2510.24514"],
  ["https://openreview.net/pdf?id=w4", "https://openreview.net/forum?id=w4"],
  ["https://doi.org/10.1000/AB", "http://dx.doi.org/10.1000/ab"],
])("%s and %s are one paper", (a, b) => {
  expect(paperKey(a)).toBe(paperKey(b));
});

test("two OpenReview files are two papers", () => {
  const [a, b] = ["acc98f95", "3b225c0d"].map((hash) => paperKey(`https://openreview.net/pdf/${hash}.pdf`));
  expect(a).not.toBe(b);
});

test("a label says what its link is", () => {
  expect(["논문", "[PDF]", "arXiv:2510.24514", "code", "프로젝트", "FunReason-MT"].map(labelKind)).toEqual([
    "paper",
    "paper",
    "paper",
    "beside",
    "beside",
    "own",
  ]);
});
