/** The content of a section as blocks of plain text, each with its place: what chunks are cut from. */

import type { Block } from "@nonmun/core/model/paper";
import type { Span } from "@nonmun/core/model/place";
import { compose } from "@nonmun/core/text/normalize";
import type { FootnoteDefinition, Nodes, Table, TableRow } from "mdast";
// Types of the nodes that MDX adds to mdast.
import type {} from "remark-mdx";
import {
  expressionText,
  jsxAttributeTexts,
  jsxTagTexts,
  type Leaf,
  leavesOf,
  lineText,
  madeLeaf,
  oneLine,
  printable,
  textOfLeaves,
} from "./inline-text.ts";
import { type LineIndex, spanOf } from "./place.ts";
import { runsOf } from "./runs.ts";

type Kind = Block["kind"];

/** Blocks in source order. Code and formulas keep their lines, every other block is one line; empty ones are left out. */
export function blocksOf(nodes: readonly Nodes[], lines: LineIndex): readonly Block[] {
  return nodes.flatMap((node) => blocksIn(node, "paragraph", lines));
}

export function footnoteBlocks(note: FootnoteDefinition, lines: LineIndex): readonly Block[] {
  const blocks = note.children.flatMap((child) => blocksIn(child, "footnote", lines));
  return blocks.map((each) => ({ ...each, kind: "footnote" }));
}

function blocksIn(node: Nodes, kind: Kind, lines: LineIndex): readonly Block[] {
  const asLine = (of: Kind): readonly Block[] => {
    const leaves = leavesOf([node]);
    return block(of, oneLine(textOfLeaves(leaves)), leaves, spanOf(node), lines);
  };
  const within = (nodes: readonly Nodes[], of: Kind): readonly Block[] =>
    nodes.flatMap((child) => blocksIn(child, of, lines));
  switch (node.type) {
    case "paragraph":
      return asLine(isPictures(node) ? "caption" : kind);
    case "code":
    case "math":
      return block(node.type, printable(compose(node.value)).trim(), leavesOf([node]), spanOf(node), lines);
    case "list":
      // Each item's own paragraphs are its blocks; lists, code and tables below it are blocks of their own.
      return node.children.flatMap((item) => within(item.children, "item"));
    case "table":
      return rowsOf(node, lines);
    case "blockquote":
      return within(node.children, "quote");
    case "mdxJsxFlowElement":
      return [
        ...jsxTagTexts(node).flatMap((text) => block(kind, text, [], spanOf(node), lines)),
        ...jsxAttributeTexts(node).flatMap((text) =>
          block("caption", oneLine(text), [], spanOf(node), lines),
        ),
        ...within(node.children, kind),
      ];
    case "mdxFlowExpression":
      return block("code", printable(compose(expressionText(node.value))).trim(), [], spanOf(node), lines);
    case "containerDirective":
      return within(node.children, kind);
    case "definition":
    case "thematicBreak":
    case "mdxjsEsm":
      return [];
    default:
      return asLine(kind);
  }
}

/** Each body row with its header: `Method: X | Score: 1`. A table without body rows is its header. */
function rowsOf(table: Table, lines: LineIndex): readonly Block[] {
  const [head, ...body] = table.children;
  if (head === undefined) return [];
  const names = head.children.map((cell) => lineText(cell.children));
  if (body.length === 0) return rowBlock(head, [], lines);
  return body.flatMap((row) => rowBlock(row, names, lines));
}

function rowBlock(row: TableRow, names: readonly string[], lines: LineIndex): readonly Block[] {
  const cells = row.children.flatMap((cell, column) => {
    const text = lineText(cell.children);
    const name = names[column] ?? "";
    if (text === "") return [];
    const label = name === "" ? [] : [madeLeaf(`${name}: `)];
    return [
      { text: name === "" ? text : `${name}: ${text}`, leaves: [...label, ...leavesOf(cell.children)] },
    ];
  });
  const leaves = cells.flatMap((cell, at) => (at === 0 ? cell.leaves : [madeLeaf(" | "), ...cell.leaves]));
  return block("row", cells.map(({ text }) => text).join(" | "), leaves, spanOf(row), lines);
}

function block(
  kind: Kind,
  text: string,
  leaves: readonly Leaf[],
  span: Span,
  lines: LineIndex,
): readonly Block[] {
  if (text === "") return [];
  const runs = runsOf(text, leaves, lines);
  return [runs === null ? { kind, text, span } : { kind, text, span, runs }];
}

/** Whether a paragraph holds pictures and nothing else. */
function isPictures(node: Extract<Nodes, { type: "paragraph" }>): boolean {
  return (
    node.children.some((child) => child.type === "image" || child.type === "imageReference") &&
    node.children.every(
      (child) =>
        child.type === "image" ||
        child.type === "imageReference" ||
        child.type === "break" ||
        (child.type === "text" && child.value.trim() === ""),
    )
  );
}
