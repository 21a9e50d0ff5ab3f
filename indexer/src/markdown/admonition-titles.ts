/** Reads `:::note Title`, Docusaurus's form without brackets, which the directive syntax takes for plain text. */
import type { Paragraph, PhrasingContent } from "mdast";
import { parseMarkdown } from "./dialects.ts";
import { eachNode } from "./each-node.ts";
import type { Mask } from "./parse-masked.ts";
import { type LineIndex, rangeOf } from "./place.ts";
import { fenceAfter } from "./segments.ts";

/** The keywords of Docusaurus; other names with a title may be anything. */
const opening =
  /^(?:[ \t]|>[ \t]?)*:{3,}(?:note|tip|info|important|warning|caution|danger|success|secondary)[ \t]+(?=[^\s[{])/u;

/** Blanks out each title, so that its block opens, and makes it that block's label. */
export function titleMasks(text: string, lines: LineIndex): readonly Mask[] {
  if (!text.includes(":::")) return [];
  const masks: Mask[] = [];
  let fence = "";
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found === -1 ? text.length : found;
    const line = text.slice(at, Math.min(end, at + 500));
    fence = fenceAfter(fence, line);
    const mark = fence === "" ? opening.exec(line)?.[0] : undefined;
    if (mark !== undefined) {
      const start = at + mark.length;
      masks.push(titleMask(start, text.slice(start, end).trimEnd(), lines));
    }
    at = end + 1;
  }
  return masks;
}

function titleMask(start: number, title: string, lines: LineIndex): Mask {
  return {
    line: lines.place(start).line,
    type: "containerDirective",
    edits: [{ start, put: " ".repeat(title.length) }],
    restore: (node) => {
      if (node.type === "containerDirective") node.children.unshift(labelOf(start, title, lines));
    },
  };
}

/** The title as inline Markdown; as plain text when it would be a block of another kind (`# 1`). */
function labelOf(start: number, title: string, lines: LineIndex): Paragraph {
  const position = lines.span(start, start + title.length);
  const [first, ...others] = parseMarkdown(title).children;
  const plain: PhrasingContent[] = [{ type: "text", value: title, position }];
  const inline = first?.type === "paragraph" && others.length === 0 ? first.children : plain;
  const label: Paragraph = { type: "paragraph", children: inline, data: { directiveLabel: true } };
  if (inline !== plain) {
    eachNode(label, (node) => {
      const range = rangeOf(node);
      node.position = lines.span(start + range.start, start + range.end);
    });
  }
  return { ...label, position };
}
