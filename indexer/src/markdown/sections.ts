/** Cuts the nodes of a paper into sections at its headings. */
import type { Section } from "@nonmun/core/model/paper";
import type { FootnoteDefinition, Heading, Nodes, RootContent } from "mdast";
import { headingText } from "./anchors.ts";
import { blocksOf, footnoteBlocks } from "./blocks.ts";
import { citationsIn } from "./definitions.ts";
import { type LineIndex, rangeOf, spanOf } from "./place.ts";

export interface SectionInput {
  readonly title: string;
  /** The paper's nodes in source order, with its own heading and subtitle if it has them. */
  readonly nodes: readonly RootContent[];
  /** Headings that name the paper itself and open no section of their own: its heading and its subtitle. */
  readonly own: ReadonlySet<RootContent>;
  readonly anchors: ReadonlyMap<number, string>;
  readonly anchor: string;
  /** Those that the paper cites, in the order of citation. */
  readonly footnotes: readonly FootnoteDefinition[];
  readonly lines: LineIndex;
}

/**
 * The paper's own section first, even when it says nothing; then one for each heading, with the path down to it. A footnote's
 * text is in the section that cites it first, after the section's own.
 */
export function sectionsOf(input: SectionInput): readonly Section[] {
  const { title, nodes, own, anchors, anchor, lines } = input;
  const open: { heading: readonly string[]; anchor: string; nodes: RootContent[] }[] = [];
  const path: { readonly depth: number; readonly text: string }[] = [];
  let current = { heading: [title] as readonly string[], anchor, nodes: [] as RootContent[] };
  open.push(current);
  for (const node of nodes) {
    if (node.type !== "heading" || own.has(node)) {
      current.nodes.push(node);
      continue;
    }
    while ((path.at(-1)?.depth ?? 0) >= node.depth) path.pop();
    path.push({ depth: node.depth, text: headingText(node) });
    const heading = [title, ...path.map((step) => step.text).filter((text) => text !== "")];
    current = { heading, anchor: anchors.get(rangeOf(node).start) ?? anchor, nodes: [node] };
    open.push(current);
  }
  const left = new Set(input.footnotes);
  return open.map((section) => ({
    heading: section.heading,
    anchor: section.anchor,
    span: spanAround(section.nodes, nodes),
    blocks: [
      ...blocksOf(
        section.nodes.filter((node) => node.type !== "heading"),
        lines,
      ),
      ...takeCited(section.nodes, left).flatMap((note) => footnoteBlocks(note, lines)),
    ],
  }));
}

/** Takes those footnotes that `nodes` cite, directly or through one another, out of `left`. */
function takeCited(
  nodes: readonly RootContent[],
  left: Set<FootnoteDefinition>,
): readonly FootnoteDefinition[] {
  const taken: FootnoteDefinition[] = [];
  let citing: readonly Nodes[] = nodes;
  while (left.size > 0 && citing.length > 0) {
    const identifiers = new Set(citationsIn(citing).map(({ identifier }) => identifier));
    const cited = [...left].filter(({ identifier }) => identifiers.has(identifier));
    for (const note of cited) left.delete(note);
    taken.push(...cited);
    citing = cited.flatMap((note) => note.children);
  }
  return taken;
}

/** From the start of the first node to the end of the last. */
export function spanAround(
  nodes: readonly RootContent[],
  fallback: readonly RootContent[] = [],
): Section["span"] {
  const first = nodes[0] ?? fallback[0];
  const last = nodes.at(-1) ?? first;
  const start = spanOf(first ?? nowhere).start;
  return { start, end: last === undefined ? start : spanOf(last).end };
}

const nowhere: Heading = { type: "heading", depth: 1, children: [] };
