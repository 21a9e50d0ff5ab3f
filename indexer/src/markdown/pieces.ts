/** Reads a post that isn't MDX as a whole piece by piece, so that one stray `<` costs one block and not the file. */
import type { Root, RootContent } from "mdast";
import { eachNode } from "./each-node.ts";
import { mayBeMdx } from "./mdx-signs.ts";
import { rangeOf } from "./place.ts";
import { movedNodes } from "./segments.ts";

/** A block that MDX refused, and why. */
export interface Refusal {
  readonly offset: number;
  readonly reason: string;
}

/** Parses a piece as MDX; null when it is better read as Markdown. Throws when it is not MDX. */
export type ParsePiece = (piece: string) => Root | null;

/**
 * Takes the Markdown tree of a post and puts MDX in place of the blocks that MDX reads: first whole sections, then, in
 * a section that is refused, elements from their opening to their closing tag, then single blocks.
 */
export function joinPieces(
  text: string,
  markdown: Root,
  parsePiece: ParsePiece,
): { readonly tree: Root; readonly refusals: readonly Refusal[] } {
  const definitions = definitionSource(text, markdown);
  const refusals: Refusal[] = [];
  const children: RootContent[] = [];

  /** The nodes of a run of blocks as MDX, or the reason why they aren't. */
  function attempt(blocks: readonly RootContent[]): readonly RootContent[] | Refusal {
    const [first] = blocks;
    const last = blocks.at(-1);
    if (first === undefined || last === undefined) return [];
    const start = lineStart(text, rangeOf(first).start);
    const piece = text.slice(start, rangeOf(last).end);
    if (!mayBeMdx(piece)) return blocks;
    try {
      const parsed = parsePiece(`${piece}${definitions}`);
      return parsed === null
        ? blocks
        : movedNodes(parsed, piece.length, { offset: start, lines: (first.position?.start.line ?? 1) - 1 });
    } catch (error) {
      return refusal(error, start, piece.length);
    }
  }

  for (const section of sectionsOf(markdown.children)) {
    const whole = attempt(section);
    if (isNodes(whole)) {
      children.push(...whole);
      continue;
    }
    for (let at = 0; at < section.length; ) {
      const reach = elementReach(text, section, at);
      const element = section.slice(at, at + reach);
      const read = attempt(element);
      if (isNodes(read)) children.push(...read);
      else {
        const [block] = element;
        const single = reach > 1 ? attempt(element.slice(0, 1)) : read;
        if (isNodes(single)) children.push(...single);
        else {
          refusals.push(single);
          if (block !== undefined) children.push(block);
        }
      }
      at += isNodes(read) ? reach : 1;
    }
  }
  return { tree: { ...markdown, children }, refusals };
}

function isNodes(read: readonly RootContent[] | Refusal): read is readonly RootContent[] {
  return Array.isArray(read);
}

/** Runs of top-level blocks, each beginning with a heading, the first maybe without. */
function sectionsOf(blocks: readonly RootContent[]): readonly (readonly RootContent[])[] {
  const sections: RootContent[][] = [];
  for (const block of blocks) {
    const current = sections.at(-1);
    if (current === undefined || block.type === "heading") sections.push([block]);
    else current.push(block);
  }
  return sections;
}

/** An element that isn't closed within this many blocks is taken for unclosed. */
const elementBlocksMax = 200;

/** How many blocks from `at` on belong to the element that opens there: 1 when none does or it never closes. */
function elementReach(text: string, section: readonly RootContent[], at: number): number {
  const first = section[at];
  if (first === undefined || (first.type !== "html" && first.type !== "paragraph")) return 1;
  const { start } = rangeOf(first);
  const name = /^<(?<name>[\p{L}][\p{L}\p{N}.-]*)/u.exec(text.slice(start, start + 80))?.groups?.name;
  if (name === undefined) return 1;
  let open = 0;
  for (let reach = 1; reach <= elementBlocksMax; reach += 1) {
    const block = section[at + reach - 1];
    if (block === undefined) return 1;
    const range = rangeOf(block);
    open += balance(text.slice(range.start, range.end), name);
    if (open <= 0) return reach;
  }
  return 1;
}

/** Opening minus closing tags of one name in a text. */
function balance(source: string, name: string): number {
  let open = 0;
  for (let at = source.indexOf(name); at !== -1; at = source.indexOf(name, at + name.length)) {
    const follows = source[at + name.length] ?? " ";
    if (/[\p{L}\p{N}.-]/u.test(follows)) continue;
    if (source[at - 1] === "<") open += selfCloses(source, at) ? 0 : 1;
    else if (source[at - 1] === "/" && source[at - 2] === "<") open -= 1;
  }
  return open;
}

function selfCloses(source: string, at: number): boolean {
  const end = source.indexOf(">", at);
  return end !== -1 && source[end - 1] === "/";
}

/** Longer definitions are not given along with each piece: references into them then stay as they are written. */
const definitionsMax = 20_000;

function definitionSource(text: string, markdown: Root): string {
  const sources: string[] = [];
  eachNode(markdown, (node) => {
    if (node.type !== "definition" && node.type !== "footnoteDefinition") return;
    const { start, end } = rangeOf(node);
    sources.push(text.slice(start, end));
  });
  const joined = sources.map((source) => `\n\n${source}`).join("");
  return joined.length > definitionsMax ? "" : joined;
}

/** What a VFileMessage says, with its place in the whole text; the place may be a point or a pair of points. */
function refusal(error: unknown, start: number, length: number): Refusal {
  if (!(error instanceof Error)) throw error;
  const reason = "reason" in error && typeof error.reason === "string" ? error.reason : error.message;
  const offset = "place" in error ? offsetOf(error.place) : null;
  const [sentence = reason] = reason.replace(/ \(\d+:\d+(?:-\d+:\d+)?\)/gu, "").split("\n");
  return { offset: start + Math.min(offset ?? 0, length), reason: sentence };
}

function offsetOf(place: unknown): number | null {
  if (typeof place !== "object" || place === null) return null;
  if ("offset" in place && typeof place.offset === "number") return place.offset;
  return "start" in place ? offsetOf(place.start) : null;
}

function lineStart(text: string, offset: number): number {
  return text.slice(0, offset).lastIndexOf("\n") + 1;
}
