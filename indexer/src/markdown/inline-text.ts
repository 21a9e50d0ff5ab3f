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
  return oneLine(textOfLeaves(leavesOf(nodes)));
}

export function oneLine(text: string): string {
  return printable(compose(text)).replace(/\s+/gu, " ").trim();
}

/**
 * A text without what prints nothing and changes how other text is shown: control characters, which a terminal obeys, and those
 * that override the direction of writing beyond the end of the text. Tabs and line ends stay.
 */
export function printable(text: string): string {
  return text.replace(unprintable, "");
}

export const unprintable = /(?![\t\n\v\f\r\u0085])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** A smallest piece of what a node says, and the node that says it. */
export interface Leaf {
  readonly text: string;
  readonly node: Nodes | null;
  /** Whether the text is in the source of the node as it is (but for escapes), or is said by the node as a whole. */
  readonly origin: "verbatim" | "whole";
}

export function leavesOf(nodes: readonly Nodes[]): readonly Leaf[] {
  return nodes.flatMap(leavesIn);
}

export function textOfLeaves(leaves: readonly Leaf[]): string {
  return leaves.map(({ text }) => text).join("");
}

/** What stands between two texts, or before one, and nowhere in the source. */
export function madeLeaf(text: string): Leaf {
  return { text, node: null, origin: "whole" };
}

function leavesIn(node: Nodes): readonly Leaf[] {
  const whole = (text: string): Leaf => ({ text, node, origin: "whole" });
  switch (node.type) {
    case "text":
    case "inlineCode":
    case "code":
    case "inlineMath":
    case "math":
      return [{ text: node.value, node, origin: "verbatim" }];
    case "break":
      return [madeLeaf(" ")];
    case "html":
      return [whole(htmlText(node.value))];
    case "image":
    case "imageReference":
      return [whole([node.alt, "title" in node ? node.title : null].filter((text) => text).join(" "))];
    case "mdxTextExpression":
    case "mdxFlowExpression":
      return [whole(expressionText(node.value))];
    case "mdxJsxTextElement":
    case "mdxJsxFlowElement": {
      const said = [...jsxTagTexts(node), ...jsxAttributeTexts(node)].map((text) => [whole(text)]);
      return between([...said, leavesOf(node.children)]);
    }
    case "footnoteReference":
    case "definition":
    case "mdxjsEsm":
    case "yaml":
      return [];
    default:
      if (!("children" in node)) return [];
      return isBlockParent(node) ? between(node.children.map(leavesIn)) : leavesOf(node.children);
  }
}

/** Joins groups of leaves with a blank between each two. */
function between(groups: readonly (readonly Leaf[])[]): readonly Leaf[] {
  return groups.flatMap((group, at) => (at === 0 ? group : [madeLeaf(" "), ...group]));
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
