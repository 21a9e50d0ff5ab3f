/** Plain text of inline content: what a reader sees in a line, without markup. */
import { compose } from "@nonmun/core/text/normalize";
import type { Nodes } from "mdast";
import type {} from "remark-math";
// Types of the nodes that MDX adds to mdast.
import type {} from "remark-mdx";
import { isProseTag } from "../render/author-elements.ts";
import { htmlText } from "./html-text.ts";

/** Text of nodes as one line in NFC: runs of blanks and line ends are one space. */
export function lineText(nodes: readonly Nodes[]): string {
  return oneLine(nodes.map(rawText).join(""));
}

export function oneLine(text: string): string {
  return compose(text).replace(/\s+/gu, " ").trim();
}

function rawText(node: Nodes): string {
  switch (node.type) {
    case "text":
    case "inlineCode":
    case "code":
      return node.value;
    case "inlineMath":
    case "math":
      return node.value;
    case "break":
      return " ";
    case "html":
      return htmlText(node.value);
    case "image":
    case "imageReference":
      return [node.alt, "title" in node ? node.title : null].filter((text) => text).join(" ");
    case "mdxTextExpression":
    case "mdxFlowExpression":
      return expressionText(node.value);
    case "mdxJsxTextElement":
    case "mdxJsxFlowElement":
      return [...jsxAttributeTexts(node), node.children.map(rawText).join("")].join(" ");
    case "footnoteReference":
    case "definition":
    case "mdxjsEsm":
    case "yaml":
      return "";
    default:
      return "children" in node ? node.children.map(rawText).join(isBlockParent(node) ? " " : "") : "";
  }
}

/**
 * What an expression says without being evaluated: a quoted string its words, a comment nothing, anything else its source.
 */
export function expressionText(source: string): string {
  const trimmed = source.trim();
  if (/^\/\*[\s\S]*\*\/$/u.test(trimmed)) return "";
  const quoted = /^(?<quote>["'`])(?<words>[^\\]*)\k<quote>$/u.exec(trimmed)?.groups?.words;
  return quoted === undefined ? trimmed : quoted === "" ? " " : quoted;
}

type JsxElement = Extract<Nodes, { type: "mdxJsxFlowElement" | "mdxJsxTextElement" }>;

/** A tag in lower case that HTML doesn't know is no component but prose: `<think>`. */
export function jsxTagTexts({ name }: JsxElement): readonly string[] {
  return name !== null && name === name.toLowerCase() && isProseTag(name) ? [`<${name}>`] : [];
}

/** The attributes of a component that a reader sees or hears. */
export function jsxAttributeTexts(node: JsxElement): readonly string[] {
  return node.attributes.flatMap((attribute) => {
    if (attribute.type !== "mdxJsxAttribute" || !spoken.has(attribute.name)) return [];
    const value = typeof attribute.value === "object" ? attribute.value?.value : attribute.value;
    const text = typeof attribute.value === "object" ? expressionText(value ?? "") : (value ?? "");
    return text.trim() === "" ? [] : [text.trim()];
  });
}

const spoken = new Set(["alt", "title", "label", "summary", "caption", "description"]);

function isBlockParent(node: Nodes): boolean {
  return (
    node.type === "blockquote" ||
    node.type === "list" ||
    node.type === "listItem" ||
    node.type === "tableRow" ||
    node.type === "table"
  );
}
