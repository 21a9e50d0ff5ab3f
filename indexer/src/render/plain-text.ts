/** Makes any tree cheap to render: what is nested too deep, or beyond the number of nodes, becomes plain paragraphs. */
import type { Nodes, Paragraph, Root, RootContent } from "mdast";
import { type RenderContext, report, spanOf } from "./context.ts";
import { renderLimits } from "./limits.ts";

/** Replaces, block by block, what is beyond the limits by its text. Iterative, so that no nesting can overflow it. */
export function boundTree(blocks: readonly RootContent[], context: RenderContext): RootContent[] {
  let nodes = 0;
  return blocks.map((block) => {
    const size = measure(block, renderLimits.treeNodes - nodes);
    nodes += size.nodes;
    if (size.depth <= renderLimits.treeDepth && nodes <= renderLimits.treeNodes) return block;
    const deep = size.depth > renderLimits.treeDepth;
    report(
      context,
      {
        code: deep ? "too-deep" : "too-large",
        severity: "warning",
        message: deep
          ? `This block is nested more than ${renderLimits.treeDepth} levels deep and is shown as plain text.`
          : `This review has more than ${renderLimits.treeNodes} parts; the rest is shown as plain text.`,
        advice: deep ? "Write it with fewer levels." : "Split the review into several.",
      },
      spanOf(block.position),
    );
    return plainParagraph(block);
  });
}

/** All that the tree says, as one paragraph each for its blocks; used when nothing better can be made of a review. */
export function plainTree(blocks: readonly RootContent[]): Root {
  return { type: "root", children: blocks.map(plainParagraph) };
}

/** Text, code and alternative texts below `node` in source order; blocks and line breaks become new lines. */
export function textOf(node: Nodes): string {
  const pieces: string[] = [];
  const stack: Nodes[] = [node];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if ("value" in next && typeof next.value === "string") pieces.push(next.value);
    else if ("alt" in next && typeof next.alt === "string") pieces.push(next.alt);
    else if (next.type === "break") pieces.push("\n");
    if (!("children" in next)) continue;
    for (const child of next.children.toReversed()) stack.push(child);
    if (next.type === "paragraph" || next.type === "heading" || next.type === "tableRow") pieces.push("\n");
  }
  return pieces.join("").replace(/^\n+|\n+$/gu, "");
}

function plainParagraph(block: RootContent): Paragraph {
  const paragraph: Paragraph = { type: "paragraph", children: [{ type: "text", value: textOf(block) }] };
  if (block.position !== undefined) paragraph.position = block.position;
  return paragraph;
}

/** Depth and number of nodes of a tree; stops counting as soon as either is known to be too much. */
function measure(root: Nodes, room: number): { readonly depth: number; readonly nodes: number } {
  let nodes = 0;
  let depth = 0;
  const stack: [Nodes, number][] = [[root, 1]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [node, level] = next;
    nodes += 1;
    depth = Math.max(depth, level);
    if (depth > renderLimits.treeDepth || nodes > room) break;
    if ("children" in node) for (const child of node.children) stack.push([child, level + 1]);
  }
  return { depth, nodes };
}
