/** What a snippet shows is found again in the review, whatever HTML did to the white space. */
import { expect, test } from "vitest";
import { compact, findPassages } from "./passages.ts";

const review = compact("문제\n\n  진짜 visual\nlatent 를   생성한다. 끝 생성한다.").text;

test("marks land on the same words though white space differs", () => {
  const text = "진짜 visual latent 를 생성한다.";
  const marks = [{ range: [3, 16] as const, kind: "literal" as const, strength: 1 }];
  const [passage] = findPassages(review, { text, ranges: [], marks });
  const words = passage?.marks.map(({ start, end }) => review.slice(start, end));
  expect(words).toEqual(["visuallatent"]);
});

test("a snippet is looked for piece by piece where it leaves text out", () => {
  const found = findPassages(review, { text: "… 진짜 visual … 끝 생성", ranges: [], marks: [] });
  expect(found.map(({ start, end }) => review.slice(start, end))).toEqual(["진짜visual", "끝생성"]);
});

test("the section's own occurrence comes before one elsewhere", () => {
  const snippet = { text: "생성한다.", ranges: [], marks: [] };
  expect(findPassages(review, snippet, review.indexOf("끝"))[0]?.start).toBe(review.lastIndexOf("생성한다."));
});

test("a piece that the review says in other words is left out", () => {
  expect(findPassages(review, { text: "Method: FALCON | Score: 1", ranges: [], marks: [] })).toEqual([]);
});
