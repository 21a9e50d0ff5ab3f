/** The parts of a post that name no paper: introductions and summaries, kept so that they are found. */
import type { Heading, RootContent } from "mdast";
import { headingText } from "./anchors.ts";
import type { Draft, Outline } from "./draft.ts";
import { lineText } from "./inline-text.ts";
import { rangeOf } from "./place.ts";

/**
 * A note for each heading outside the reviews that has text below it (deeper headings are its sections), and one for the
 * text before the first heading. A heading that only groups what follows makes no note.
 */
export function notesOf(nodes: readonly RootContent[], outline: Outline): readonly Draft[] {
  const notes: { readonly heading: Heading | null; readonly nodes: RootContent[] }[] = [];
  for (const node of nodes) {
    const current = notes.at(-1);
    const isTitle = current?.heading?.depth === 1 || current?.heading == null;
    const opens = node.type === "heading" && (isTitle || node.depth <= (current.heading?.depth ?? 0));
    if (current === undefined || opens)
      notes.push({ heading: node.type === "heading" ? node : null, nodes: [node] });
    else current.nodes.push(node);
  }
  return notes
    .filter((note) => saysSomething(note.nodes))
    .map((note) => noteOf(note.heading, note.nodes, outline));
}

export function noteOf(heading: Heading | null, nodes: readonly RootContent[], outline: Outline): Draft {
  const text = heading === null ? "" : headingText(heading);
  return {
    kind: "note",
    title: text === "" ? outline.postTitle : text,
    subtitle: null,
    arxivId: null,
    url: null,
    badges: [],
    tags: [],
    date: null,
    anchor: heading === null ? "" : (outline.anchors.get(rangeOf(heading).start) ?? ""),
    nodes,
    own: new Set<RootContent>(heading === null ? [] : [heading]),
  };
}

export function saysSomething(nodes: readonly RootContent[]): boolean {
  return nodes.some((node) => node.type !== "heading" && lineText([node]) !== "");
}
