/** Parses a text in which some lines were rewritten, at the same length, so that the parser takes them for what they mean. */
import type { Nodes, Root } from "mdast";
import type {} from "remark-directive";
import type {} from "remark-math";
import { eachNode } from "./each-node.ts";
import { type LineIndex, rangeOf } from "./place.ts";

export type MaskedNode = Extract<Nodes, { type: "containerDirective" | "math" }>;

/** A line that opens a block once its `edits` are made. */
export interface Mask {
  /** Number of the line, from 1. */
  readonly line: number;
  readonly type: MaskedNode["type"];
  readonly edits: readonly Edit[];
  /** Puts what the edits took away back into the block that opened there. */
  restore(node: MaskedNode): void;
}

export interface Edit {
  readonly start: number;
  /** As long as what it replaces. */
  readonly put: string;
}

/** Each round leaves out masks whose block did not open; after so many, all that are left are. */
const rounds = 2;

/**
 * The tree of `text` with all masks that open their block. A line that only looks like one (in code, in HTML) opens none:
 * then the text is parsed again with that line as it stands, so that nothing is lost.
 */
export function parseMasked<Parsed extends { readonly tree: Root }>(
  text: string,
  masks: readonly Mask[],
  lines: LineIndex,
  parse: (text: string) => Parsed,
): Parsed {
  let left = masks;
  for (let round = 0; round < rounds && left.length > 0; round += 1) {
    const edits = left.flatMap((mask) => mask.edits);
    const parsed = parse(editText(text, edits));
    const opened = openedBy(parsed.tree, left, lines);
    if (opened.size === left.length) {
      for (const [mask, node] of opened) mask.restore(node);
      return parsed;
    }
    left = left.filter((mask) => opened.has(mask));
  }
  return parse(text);
}

function openedBy(tree: Root, masks: readonly Mask[], lines: LineIndex): ReadonlyMap<Mask, MaskedNode> {
  const byLine = new Map(masks.map((mask) => [mask.line, mask]));
  const opened = new Map<Mask, MaskedNode>();
  eachNode(tree, (node) => {
    if (node.type !== "containerDirective" && node.type !== "math") return;
    const mask = byLine.get(lines.place(rangeOf(node).start).line);
    if (mask?.type === node.type) opened.set(mask, node);
  });
  return opened;
}

/** A text with all `edits` made, in one pass. */
export function editText(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, put } of [...edits].sort((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, start), put);
    at = start + put.length;
  }
  return pieces.join("") + text.slice(at);
}
