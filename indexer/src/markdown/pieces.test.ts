/** A post that isn't MDX as a whole: what stays MDX, what doesn't, and where everything stands. */
import type { RootContent } from "mdast";
import { describe, expect, test } from "vitest";
import { parseMarkdown, parseMdx } from "./dialects.ts";
import { joinPieces } from "./pieces.ts";
import { rangeOf } from "./place.ts";

function pieces(text: string) {
  return joinPieces(text, parseMarkdown(text), (piece) => parseMdx(piece));
}

const typesOf = (nodes: readonly RootContent[]): readonly string[] => nodes.map(({ type }) => type);

describe("joinPieces", () => {
  test("one stray sign costs its block, and the sections around it stay MDX", () => {
    const text = "# 가\n\n<Tabs>글</Tabs>\n\n# 나\n\n<5ms 이다\n\n{1 + 1}\n";
    const { tree, refusals } = pieces(text);
    expect(typesOf(tree.children)).toEqual([
      "heading",
      "paragraph",
      "heading",
      "paragraph",
      "mdxFlowExpression",
    ]);
    expect(refusals.map(({ offset }) => text.slice(offset, offset + 4))).toEqual(["5ms "]);
  });

  test("an element that goes over several blocks is kept whole in a section that is refused", () => {
    const { tree } = pieces("# 가\n\n<Box>\n\n하나\n\n둘\n\n</Box>\n\n<5ms\n");
    expect(typesOf(tree.children)).toEqual(["heading", "mdxJsxFlowElement", "paragraph"]);
  });

  test("an element that is never closed is one block of HTML, and those below it stay", () => {
    const { tree, refusals } = pieces("# 가\n\n<div className='a'>\n\n글\n\n{/* 속 */}\n");
    expect(typesOf(tree.children)).toEqual(["heading", "html", "paragraph", "mdxFlowExpression"]);
    expect(refusals).toHaveLength(1);
  });

  test("nodes stand where they stand in the whole text", () => {
    const text = "# 가\n\n<5\n\n# 나\n\n글 {1} 끝\n";
    const last = pieces(text).tree.children.at(-1);
    expect(last?.position?.start).toMatchObject({ line: 7, column: 1, offset: text.indexOf("글") });
    expect(last === undefined ? "" : text.slice(rangeOf(last).start, rangeOf(last).end)).toBe("글 {1} 끝");
  });

  test("a reference in one piece finds its definition in another", () => {
    const { tree } = pieces(
      "# 가\n\n<5 [글][ref] {1}\n\n# 나\n\n<Box /> [글][ref]\n\n[ref]: https://a.example\n",
    );
    expect(JSON.stringify(tree).match(/"linkReference"/gu)).toHaveLength(2);
  });
});
