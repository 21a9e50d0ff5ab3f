/** Cuts the nodes of a paper into sections at its headings. */
import type { Section } from "@nonmun/core/model/paper";
import type { Heading, RootContent } from "mdast";
import { headingText } from "./anchors.ts";
import { blocksOf } from "./blocks.ts";
import { rangeOf, spanOf } from "./place.ts";

export interface SectionInput {
  readonly title: string;
  /** The paper's nodes in source order, with its own heading and subtitle if it has them. */
  readonly nodes: readonly RootContent[];
  /** Headings that name the paper itself and open no section of their own: its heading and its subtitle. */
  readonly own: ReadonlySet<RootContent>;
  readonly anchors: ReadonlyMap<number, string>;
  readonly anchor: string;
}

/** The paper's own section first, even when it says nothing; then one for each heading, with the path down to it. */
export function sectionsOf({ title, nodes, own, anchors, anchor }: SectionInput): readonly Section[] {
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
  return open.map((section) => ({
    heading: section.heading,
    anchor: section.anchor,
    span: spanAround(section.nodes, nodes),
    blocks: blocksOf(section.nodes.filter((node) => node.type !== "heading")),
  }));
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
