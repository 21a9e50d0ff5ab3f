/** Parses a long post in segments: the parser's cost grows with the square of a text that holds tables. */
import type { Root, RootContent } from "mdast";
import { eachNode } from "./each-node.ts";
import { rangeOf } from "./place.ts";

/**
 * Shorter texts are parsed at once. In UTF-16 code units; measured with micromark 4 on a review full of tables: 880,000
 * took 26 s at once, and 2 s in segments of this length.
 */
const segmentLength = 16_000;
/** More than this of link and footnote definitions is not given along with each segment. */
const definitionsMax = 8_000;

/**
 * Parses `text` with `parse`. Segments begin where a top-level block surely begins: with a heading, or with a line that begins
 * with a letter, after a blank line and outside fenced code. Each is parsed together with the definitions of the others.
 */
export function parseInSegments(text: string, parse: (text: string) => Root): Root {
  const starts = segmentStarts(text);
  if (starts.length === 1) return parse(text);
  const definitions = definitionLines(text);
  const children: RootContent[] = [];
  let line = 0;
  starts.forEach((start, at) => {
    const segment = text.slice(start, starts[at + 1] ?? text.length);
    const tree = parse(`${segment}${definitions}`);
    children.push(...movedNodes(tree, segment.length, { offset: start, lines: line }));
    line += segment.split("\n").length - 1;
  });
  return { type: "root", children };
}

export interface Move {
  readonly offset: number;
  readonly lines: number;
}

/** The top-level nodes that begin before `length`, with positions moved to where the piece stands in the whole text. */
export function movedNodes(tree: Root, length: number, { offset, lines }: Move): readonly RootContent[] {
  const children = tree.children.filter((node) => rangeOf(node).start < length);
  const root: Root = { type: "root", children };
  eachNode(root, (node) => {
    if (node === root || node.position === undefined) return;
    const { start, end } = node.position;
    node.position = {
      start: { ...start, line: start.line + lines, offset: (start.offset ?? 0) + offset },
      end: { ...end, line: end.line + lines, offset: (end.offset ?? 0) + offset },
    };
  });
  return children;
}

function segmentStarts(text: string): readonly number[] {
  const starts = [0];
  if (text.length <= segmentLength) return starts;
  let fence = "";
  let blankBefore = false;
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf("\n", at);
    const end = found === -1 ? text.length : found;
    const line = text.slice(at, Math.min(end, at + 200));
    const wasOpen = fence !== "";
    fence = fenceAfter(fence, line);
    const opens =
      !wasOpen && blankBefore && /^(?:#{1,6} |\p{L})/u.test(line) && !/^(?:import|export)\s/u.test(line);
    if (opens && at - (starts.at(-1) ?? 0) >= segmentLength) starts.push(at);
    blankBefore = line.trim() === "";
    at = end + 1;
  }
  return starts;
}

/** The fence that is open after a line: of backticks or tildes, or none. */
export function fenceAfter(open: string, line: string): string {
  const { mark = "", rest = "" } = /^ {0,3}(?<mark>`{3,}|~{3,})(?<rest>.*)$/u.exec(line)?.groups ?? {};
  if (mark === "") return open;
  if (open === "") return mark.startsWith("`") && rest.includes("`") ? "" : mark;
  return mark[0] === open[0] && mark.length >= open.length && rest.trim() === "" ? "" : open;
}

function definitionLines(text: string): string {
  const lines = text.match(/^ {0,3}\[[^\]\n]{1,200}\]:.{1,2000}$/gmu) ?? [];
  const joined = lines.map((line) => `\n\n${line}`).join("");
  return joined.length > definitionsMax ? "" : joined;
}
