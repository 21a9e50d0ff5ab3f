/** The content of a section as blocks of plain text, each with its place: what chunks are cut from. */

import type { Block } from "@nonmun/core/model/paper";
import type { Span } from "@nonmun/core/model/place";
import { compose } from "@nonmun/core/text/normalize";
import type { FootnoteDefinition, List, Nodes, Table } from "mdast";
// Types of the nodes that MDX adds to mdast.
import type {} from "remark-mdx";
import { htmlText } from "./html-text.ts";
import { expressionText, jsxAttributeTexts, jsxTagTexts, lineText, oneLine } from "./inline-text.ts";
import { spanOf } from "./place.ts";

type Kind = Block["kind"];

/** Blocks in source order. Code and formulas keep their lines, every other block is one line; empty ones are left out. */
export function blocksOf(nodes: readonly Nodes[]): readonly Block[] {
  return nodes.flatMap((node) => blocksIn(node, "paragraph"));
}

export function footnoteBlocks(note: FootnoteDefinition): readonly Block[] {
  return note.children.flatMap((child) => blocksIn(child, "footnote"));
}

function blocksIn(node: Nodes, kind: Kind): readonly Block[] {
  switch (node.type) {
    case "paragraph":
      return block(isPictures(node) ? "caption" : kind, lineText([node]), spanOf(node));
    case "heading":
      return block(kind, lineText([node]), spanOf(node));
    case "code":
      return block("code", compose(node.value).trim(), spanOf(node));
    case "math":
      return block("math", compose(node.value).trim(), spanOf(node));
    case "html":
      return block(kind, oneLine(htmlText(node.value)), spanOf(node));
    case "list":
      return itemsOf(node);
    case "table":
      return rowsOf(node);
    case "blockquote":
      return node.children.flatMap((child) => blocksIn(child, "quote"));
    case "mdxJsxFlowElement":
      return [
        ...jsxTagTexts(node).flatMap((text) => block(kind, text, spanOf(node))),
        ...jsxAttributeTexts(node).flatMap((text) => block("caption", oneLine(text), spanOf(node))),
        ...node.children.flatMap((child) => blocksIn(child, kind)),
      ];
    case "mdxFlowExpression":
      return block("code", compose(expressionText(node.value)).trim(), spanOf(node));
    case "containerDirective":
      return node.children.flatMap((child) => blocksIn(child, kind));
    case "definition":
    case "thematicBreak":
    case "mdxjsEsm":
      return [];
    default:
      return block(kind, lineText([node]), spanOf(node));
  }
}

/** Each item's own paragraphs are its blocks; lists, code and tables below it are blocks of their own. */
function itemsOf(list: List): readonly Block[] {
  return list.children.flatMap((item) => item.children.flatMap((child) => blocksIn(child, "item")));
}

/** Each body row with its header: `Method: X | Score: 1`. A table without body rows is its header. */
function rowsOf(table: Table): readonly Block[] {
  const [head, ...body] = table.children;
  if (head === undefined) return [];
  const names = head.children.map((cell) => lineText(cell.children));
  if (body.length === 0) return block("row", names.filter((name) => name !== "").join(" | "), spanOf(head));
  return body.flatMap((row) => {
    const cells = row.children.map((cell, column) => labelled(names[column] ?? "", lineText(cell.children)));
    return block("row", cells.filter((cell) => cell !== "").join(" | "), spanOf(row));
  });
}

function labelled(name: string, text: string): string {
  if (text === "" || name === "") return text;
  return `${name}: ${text}`;
}

function block(kind: Kind, text: string, span: Span): readonly Block[] {
  return text === "" ? [] : [{ kind, text, span }];
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
