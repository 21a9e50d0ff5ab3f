/** BibTeX that TeX can read, whatever a title holds. */
import { expect, test } from "vitest";
import { type BibtexPaper, bibtexKey, toBibtex, toBibtexFile } from "./bibtex.ts";

const plain: BibtexPaper = {
  id: "post/paper",
  title: "제목",
  subtitle: null,
  arxivId: null,
  url: null,
  orgs: [],
  tags: [],
  date: null,
  postTitle: "논문 리뷰",
};

test("an arXiv paper carries eprint, archivePrefix, year and a key of its own id", () => {
  const paper = {
    ...plain,
    arxivId: "2510.24514",
    subtitle: "부제",
    url: "https://arxiv.org/abs/2510.24514",
  };
  expect(toBibtex({ ...paper, date: "2026-01-02" })).toBe(`@misc{arxiv:2510.24514,
  title = {{제목: 부제}},
  year = {2025},
  eprint = {2510.24514},
  archivePrefix = {arXiv},
  url = {https://arxiv.org/abs/2510.24514},
  note = {Reviewed in "논문 리뷰", 2026-01-02},
}
`);
});

test("the year is that of the paper, never that of the review", () => {
  expect(toBibtex({ ...plain, date: "2025-01-01" })).not.toContain("year");
  expect(toBibtex({ ...plain, arxivId: "cs/9901001" })).toContain("year = {1999}");
});

test.each([
  ["50% & more_than $1 #2", String.raw`50\% \& more\_than \$1 \#2`],
  [String.raw`a\b~c^d`, String.raw`a\textbackslash{}b\textasciitilde{}c\textasciicircum{}d`],
  ["{ok}", String.raw`\{ok\}`],
  ["open {", String.raw`open \textbraceleft `],
])("%s is escaped for TeX", (title, expected) => {
  expect(toBibtex({ ...plain, title })).toContain(`title = {{${expected}}}`);
});

test("keys are ASCII and differ when ids differ", () => {
  const keys = ["게임", "게", "임", "a b", "a-b"].map((slug) =>
    bibtexKey({ id: `post/${slug}`, arxivId: null }),
  );
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9./_-]+$/u);
});

test("a paper that was reviewed twice is one entry of a file", () => {
  const twice = [
    { ...plain, arxivId: "2510.24514" },
    { ...plain, id: "post/again", arxivId: "2510.24514" },
    plain,
  ];
  expect(toBibtexFile(twice).match(/@misc/gu)).toHaveLength(2);
});
