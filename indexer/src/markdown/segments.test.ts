/** Parsing in segments gives what parsing at once gives. */
import type { Root } from "mdast";
import { describe, expect, test } from "vitest";
import { parseMarkdown } from "./dialects.ts";
import { fenceAfter, parseInSegments } from "./segments.ts";

/** A parser that makes one node of each line, so that the segments can be seen. */
function linesOf(calls: string[]): (text: string) => Root {
  return (text) => {
    calls.push(text);
    return { type: "root", children: [] };
  };
}

const paragraph = `${"글이 이어진다. ".repeat(400)}\n\n`;

describe("parseInSegments", () => {
  test("a short text is parsed at once", () => {
    const calls: string[] = [];
    parseInSegments(paragraph, linesOf(calls));
    expect(calls).toEqual([paragraph]);
  });

  test("a long text is cut before headings and paragraphs, and nothing is left out", () => {
    const calls: string[] = [];
    const text = `# 제목\n\n${paragraph}`.repeat(12);
    parseInSegments(text, linesOf(calls));
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.join("")).toBe(text);
    for (const call of calls) expect(call).toMatch(/^(?:#|글)/u);
  });

  test("code is never cut, whatever its lines look like", () => {
    const calls: string[] = [];
    const code = `\`\`\`\n${"# 제목\n\n글\n\n".repeat(4_000)}\`\`\`\n\n`;
    parseInSegments(`${paragraph}${code}끝\n`, linesOf(calls));
    expect(calls.some((call) => call.includes(code))).toBe(true);
  });

  test("places go on from segment to segment, and definitions hold in all of them", () => {
    const text = `${paragraph.repeat(8)}# 절\n\n[글][a] **끝**\n\n[a]: https://a.example\n`;
    const { children } = parseMarkdown(text);
    const heading = children.find(({ type }) => type === "heading");
    expect(heading?.position?.start).toMatchObject({ line: 17, column: 1, offset: text.indexOf("# 절") });
    expect(JSON.stringify(children)).toContain("linkReference");
    expect(children.filter(({ type }) => type === "definition")).toHaveLength(1);
  });
});

test.each([
  ["", "```js", "```"],
  ["```", "~~~", "```"],
  ["```", "````", ""],
  ["````", "```", "````"],
  ["", "``` a ` b", ""],
  ["```", "``` 끝이 아니다", "```"],
])("after %j the line %j leaves %j open", (open, line, after) => {
  expect(fenceAfter(open, line)).toBe(after);
});
