/** Plain text of a line: nothing in it may control a terminal or turn the text around it. */
import { expect, test } from "vitest";
import { expressionText, oneLine } from "./inline-text.ts";
import { readWithoutRendering } from "./read-for-tests.ts";

test("control characters and overrides of direction are no text", () => {
  expect(oneLine("가\u001B[2J나\u202E다\u2066 \t라\u0007")).toBe("가[2J나다 라");
});

test("they reach neither titles, orgs and addresses nor what is said of a post", async () => {
  const post = await readWithoutRendering(
    "p.md",
    '---\ntitle: "글\\e[31m"\ntags: ["가\\u202e"]\n---\n\n## [제\u001B목](https://a.example/x\u202Ey.pdf) `ka\u001Bist`\n\nTODO \u001B[2J',
  );
  expect(post.diagnostics.map(({ code }) => code)).toEqual(["unfinished-post"]);
  expect(JSON.stringify(post)).not.toMatch(/\\u001b|\u202E/u);
});

test.each([
  ["/* 주석 */", ""],
  ['"글"', "글"],
  ['" "', " "],
  ["a + b", "a + b"],
])("the expression {%s} says %j", (source, text) => {
  expect(expressionText(source)).toBe(text);
});
