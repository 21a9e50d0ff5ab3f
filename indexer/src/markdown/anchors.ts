/** Heading anchors as Docusaurus and GitHub give them: github-slugger over the whole post, explicit ids respected. */
import GithubSlugger from "github-slugger";
import type { Heading, Nodes, Root } from "mdast";
import { toString as plainText } from "mdast-util-to-string";
import { eachNode } from "./each-node.ts";
import { lineText } from "./inline-text.ts";
import { rangeOf } from "./place.ts";

/** The anchor of every heading of a post, nested ones too, by source offset. Explicit ids are taken out of the headings. */
export function anchorHeadings(tree: Root): ReadonlyMap<number, string> {
  const slugger = new GithubSlugger();
  const anchors = new Map<number, string>();
  eachNode(tree, (node) => {
    if (node.type !== "heading") return;
    const explicit = takeExplicitId(node);
    anchors.set(rangeOf(node).start, explicit ?? slugger.slug(plainText(node, { includeHtml: false })));
  });
  return anchors;
}

/**
 * Docusaurus's `## 제목 {#id}` and, in MDX, `## 제목 {/* #id *\/}`. An explicit id doesn't count against generated ones,
 * as in Docusaurus (`@docusaurus/mdx-loader`, remark plugin `headings`).
 */
function takeExplicitId(heading: Heading): string | null {
  const last = heading.children.at(-1);
  if (last === undefined) return null;
  if (last.type === "text") {
    const { before, id } = /^(?<before>[\s\S]*?)\s*\{#(?<id>[^\s{}]+)\}\s*$/u.exec(last.value)?.groups ?? {};
    if (before === undefined || id === undefined) return null;
    last.value = before;
    if (before === "") heading.children.pop();
    return id;
  }
  const id = commentId(last);
  if (id === null) return null;
  heading.children.pop();
  return id;
}

function commentId(node: Nodes): string | null {
  if (node.type !== "mdxTextExpression") return null;
  return /^\s*\/\*\s*#(?<id>[^\s*]+)\s*\*\/\s*$/u.exec(node.value)?.groups?.id ?? null;
}

/** The words of a heading, without its explicit id. */
export function headingText(heading: Heading): string {
  return lineText(heading.children);
}
