/** The words of raw HTML, as a reader of the page would see them. */
import { describe, expect, test } from "vitest";
import { decodeReferences, htmlText } from "./html-text.ts";

const words = (html: string): string => htmlText(html).replace(/\s+/gu, " ").trim();

describe("htmlText", () => {
  test.each([
    ["inline tags stand within a word", "H<sub>2</sub>O를 <b>굵</b>게", "H2O를 굵게"],
    ["blocks and breaks are blanks", "<p>앞</p><p>뒤</p>둘<br/>셋", "앞 뒤 둘 셋"],
    ["what is seen or heard of a tag stays", `<img src=a.png alt="구조도" title='제목'>`, "구조도 제목"],
    [
      "comments, scripts and styles say nothing",
      "앞<!-- 속 --><script>a</script><style>b</style>뒤",
      "앞 뒤",
    ],
    ["what is no tag of HTML is as it is written", "<think>생각</think> <BOI>", "<think>생각</think> <BOI>"],
    ["a lone sign is text", "a < b, 3<5 그리고 <", "a < b, 3<5 그리고 <"],
    ["a tag that never ends is text", "끝 <div class=", "끝 <div class="],
    ["a sign within quotes ends no tag", `<a title="x > y">글</a>`, "x > y 글"],
    ["character references are characters", "&lt;5&nbsp;ms &amp; &#xAC00;", "<5 ms & 가"],
  ])("%s", (_, html, text) => {
    expect(words(html)).toBe(text);
  });

  test("is linear: a megabyte of opened comments and scripts comes back", () => {
    expect(htmlText("<!--".repeat(250_000))).toBe("");
    expect(htmlText("<script>".repeat(125_000)).trim()).toBe("");
  });
});

test.each([
  ["&#0;", "\uFFFD"],
  ["&#xD800;", "\uFFFD"],
  ["&#1114112;", "\uFFFD"],
  ["&unknown;", "&unknown;"],
  ["a & b", "a & b"],
])("the reference %s is %s", (reference, text) => {
  expect(decodeReferences(reference)).toBe(text);
});
