/** Reads `:::note Title`, Docusaurus's form without brackets, which the directive syntax takes for plain text. */
import type { Nodes, Paragraph, PhrasingContent, Root } from "mdast";
import type {} from "remark-directive";
import { visit } from "unist-util-visit";
import { parseMarkdown } from "./dialects.ts";
import { blank } from "./masks.ts";
import { type LineIndex, rangeOf } from "./place.ts";
import { fenceAfter } from "./segments.ts";

interface Title {
  /** Number of its line, from 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Each round leaves out titles that turned out to be none; after so many, all that are left are text. */
const rounds = 3;

/**
 * Parses `text` with the titles blanked out, so that their blocks open, and puts each back as its block's label. A line that
 * only looks like one (in code, in a formula) opens no block: then it is parsed again as it stands.
 */
export function parseWithTitles<Parsed extends { readonly tree: Root }>(
  text: string,
  lines: LineIndex,
  parse: (text: string) => Parsed,
): Parsed {
  let titles = titlesIn(text, lines);
  for (let round = 0; round < rounds && titles.length > 0; round += 1) {
    const parsed = parse(blankAll(text, titles));
    const opened = containersOf(parsed.tree, titles, lines);
    if (opened.size === titles.length) {
      for (const [title, container] of opened) container.children.unshift(labelOf(title, text, lines));
      return parsed;
    }
    titles = titles.filter((title) => opened.has(title));
  }
  return parse(text);
}

type Container = Extract<Nodes, { type: "containerDirective" }>;

/** The keywords of Docusaurus; other names with a title may be anything. */
const opening =
  /^(?:[ \t]|>[ \t]?)*:{3,}(?:note|tip|info|important|warning|caution|danger|success|secondary)[ \t]+(?=[^\s[{])/u;

function titlesIn(text: string, lines: LineIndex): readonly Title[] {
  if (!text.includes(":::")) return [];
  const titles: Title[] = [];
  let fence = "";
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found === -1 ? text.length : found;
    const line = text.slice(at, Math.min(end, at + 500));
    fence = fenceAfter(fence, line);
    const mark = fence === "" ? opening.exec(line)?.[0] : undefined;
    if (mark !== undefined) {
      const start = at + mark.length;
      titles.push({
        line: lines.place(at).line,
        start,
        end: start + text.slice(start, end).trimEnd().length,
      });
    }
    at = end + 1;
  }
  return titles;
}

function blankAll(text: string, titles: readonly Title[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of titles) {
    pieces.push(text.slice(at, start), blank(text.slice(start, end), 0, end - start));
    at = end;
  }
  return pieces.join("") + text.slice(at);
}

function containersOf(tree: Root, titles: readonly Title[], lines: LineIndex): ReadonlyMap<Title, Container> {
  const byLine = new Map(titles.map((title) => [title.line, title]));
  const opened = new Map<Title, Container>();
  visit(tree, "containerDirective", (node) => {
    const title = byLine.get(lines.place(rangeOf(node).start).line);
    if (title !== undefined) opened.set(title, node);
  });
  return opened;
}

/** The title as inline Markdown; as plain text when it would be a block of another kind (`# 1`). */
function labelOf({ start, end }: Title, text: string, lines: LineIndex): Paragraph {
  const position = lines.span(start, end);
  const source = text.slice(start, end);
  const [first, ...others] = parseMarkdown(source).children;
  const plain: PhrasingContent[] = [{ type: "text", value: source, position }];
  const inline = first?.type === "paragraph" && others.length === 0 ? first.children : plain;
  const label: Paragraph = { type: "paragraph", children: inline, data: { directiveLabel: true } };
  if (inline !== plain) {
    visit(label, (node: Nodes) => {
      const range = rangeOf(node);
      node.position = lines.span(start + range.start, start + range.end);
    });
  }
  return { ...label, position };
}
