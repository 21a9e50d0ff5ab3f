/** Finds where in the source the words of a block stand, so that a piece of a long block has a place of its own. */
import type { Run } from "@nonmun/core/model/paper";
import { decodeReferences } from "./html-text.ts";
import { type Leaf, printable } from "./inline-text.ts";
import { type LineIndex, rangeOf } from "./place.ts";

/** Shorter blocks are not cut by any encoder that takes 480 tokens, and need no places within them. In UTF-16 code units. */
const runsFrom = 120;

/**
 * The runs of a block's `text`, which is that of `leaves` but for blanks: each is verbatim in the source and on one line, or
 * it is the text of one node as a whole. Null for a short text, and for one that isn't made of these leaves.
 */
export function runsOf(text: string, leaves: readonly Leaf[], lines: LineIndex): readonly Run[] | null {
  if (text.length < runsFrom) return null;
  const runs: OpenRun[] = [];
  let at = 0;
  for (const leaf of leaves) {
    const places = placesOf(leaf, lines.text);
    for (let k = 0; k < leaf.text.length; k += 1) {
      const character = leaf.text[k] ?? "";
      if (isBlank(character) || printable(character) === "") continue;
      while (isBlank(text[at] ?? "")) at += 1;
      if (text[at] !== character) return null;
      const stand = places(k);
      if (stand !== null) extend(runs, at, stand, lines.text);
      at += 1;
    }
  }
  if (text.slice(at).trim() !== "") return null;
  return runs.map((run) => ({
    range: [run.at, run.at + run.length],
    span: lines.span(run.start, run.end),
    verbatim: run.verbatim,
  }));
}

interface OpenRun {
  readonly at: number;
  length: number;
  readonly start: number;
  end: number;
  readonly verbatim: boolean;
}

/** Where a code unit of a leaf stands: a unit of its own, or within the whole of something. */
interface Stand {
  readonly start: number;
  readonly end: number;
  readonly verbatim: boolean;
}

/** Adds a code unit to the last run when it goes on there, blanks between them included. */
function extend(runs: OpenRun[], at: number, stand: Stand, source: string): void {
  const last = runs.at(-1);
  if (last !== undefined && last.verbatim === stand.verbatim) {
    const gap = at - last.at - last.length;
    const same = !stand.verbatim && last.start === stand.start && last.end === stand.end;
    const on =
      stand.verbatim &&
      stand.start === last.end + gap &&
      /^[ \t]*$/u.test(source.slice(last.end, stand.start));
    if (same || on) {
      last.length += gap + 1;
      last.end = stand.end;
      return;
    }
  }
  runs.push({ at, length: 1, ...stand });
}

/** Finds the place of each code unit of a leaf, asked for in rising order; null for what stands nowhere. */
function placesOf(leaf: Leaf, source: string): (index: number) => Stand | null {
  if (leaf.node?.position === undefined) return () => null;
  const range = rangeOf(leaf.node);
  const whole: Stand = { ...range, verbatim: false };
  if (leaf.origin === "whole") return () => whole;
  let lost = false;
  let from = range.start + openingLength(leaf, source.slice(range.start, range.end));
  return (index) => {
    const wanted = leaf.text[index] ?? "";
    if (lost) return whole;
    for (let at = from; at < range.end; at += 1) {
      const found = source[at];
      if (found === "&" && wanted !== "&") {
        const reference = /^&[^\s;]{1,32};/u.exec(source.slice(at, Math.min(at + 40, range.end)))?.[0] ?? "";
        if (reference !== "" && decodeReferences(reference).includes(wanted)) {
          from = at;
          return { start: at, end: at + reference.length, verbatim: false };
        }
      }
      // The parser gives U+FFFD for a NUL.
      if (found !== wanted && !(found === "\0" && wanted === "\uFFFD")) continue;
      from = at + 1;
      return { start: at, end: at + 1, verbatim: true };
    }
    // Looked for once to the end: what comes after something that isn't there is not looked for again.
    lost = true;
    return whole;
  };
}

/** What stands before the value of a node: backticks, dollars, the line of a fence. */
function openingLength({ node }: Leaf, source: string): number {
  switch (node?.type) {
    case "inlineCode":
    case "inlineMath":
      return /^[`$]*/u.exec(source)?.[0].length ?? 0;
    case "code":
    case "math":
      return /^(?:`{3,}|~{3,}|\$\$)[^\n]*\n/u.exec(source)?.[0].length ?? 0;
    default:
      return 0;
  }
}

function isBlank(character: string): boolean {
  return /^\s$/u.test(character);
}
