/** Reads displayed formulae as most editors do: `$$` may share its line with the formula, and a lone `$$` swallows nothing. */
import type { Root } from "mdast";
import { eachNode } from "./each-node.ts";
import type { Edit, Mask } from "./parse-masked.ts";
import { type LineIndex, rangeOf } from "./place.ts";
import { fenceAfter } from "./segments.ts";

/** Formulae that are longer than this many lines are no formulae, but a `$$` that was never closed. */
const linesMax = 200;

export interface MathFences {
  /** Blocks whose first or last line holds a part of the formula. */
  readonly masks: readonly Mask[];
  /** Dollars that open nothing, or close what began within a line: rewritten whatever the parser makes of them. */
  readonly edits: readonly Edit[];
}

/** Stands for a `$` that is none of mathematics. In the private use area, where posts hold nothing. */
export const plainDollar = "\uF8FE";

/**
 * The parser wants both `$$` of a block on lines of their own. It takes what stands behind the first for a remark and drops it,
 * and a block whose last line isn't `$$` alone for one that never ends: reviews below it would be lost in a formula.
 */
export function mathFences(text: string): MathFences {
  const masks: Mask[] = [];
  const edits: Edit[] = [];
  if (!text.includes("$$")) return { masks, edits };
  const rows = rowsOf(text);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    if (row === undefined || row.code || !row.source.includes("$$")) continue;
    const opener = /^(?<prefix>[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?[ \t>]*)\$\$(?<rest>(?!\$).*)$/u.exec(
      row.source,
    );
    if (opener === null) {
      const closing = opensWithin(row.source) ? lineOfDollars(rows, at) : null;
      // Its `$$` moves up to the end of the line before: a line of its own would open a block.
      if (closing !== null) edits.push({ start: (rows[closing]?.start ?? 1) - 1, put: "$$\n" });
      at = closing ?? at;
      continue;
    }
    const { prefix = "", rest = "" } = opener.groups ?? {};
    if (rest.includes("$$")) continue;
    const end = closingRow(rows, at);
    const last = end === null ? undefined : rows[end];
    if (end === null || last === undefined) {
      edits.push({ start: row.start + prefix.length, put: plainDollar.repeat(2) });
      continue;
    }
    const before = /^[ \t>]*/u.exec(last.source)?.[0] ?? "";
    const tail = last.source.slice(before.length, last.source.lastIndexOf("$$"));
    if (rest.trim() !== "" || tail.trim() !== "") {
      masks.push(fenceMask({ line: at + 1, from: row.start + prefix.length + 2, rest, last, before, tail }));
    }
    at = end;
  }
  return { masks, edits };
}

/** Gives the nodes of a tree their places in the post as it is, where a `$$` was moved over the end of a line. */
export function placeMoved(tree: Root, { edits }: MathFences, lines: LineIndex): void {
  const moved = edits.filter(({ put }) => put.endsWith("\n")).map(({ start }) => start);
  if (moved.length === 0) return;
  const unmoved = (offset: number): number => {
    const start = moved.find((each) => offset > each && offset <= each + 2);
    return start === undefined ? offset : start + 3;
  };
  eachNode(tree, (node) => {
    if (node.position === undefined) return;
    const { start, end } = rangeOf(node);
    node.position = lines.span(unmoved(start), unmoved(end));
  });
}

interface Row {
  readonly start: number;
  readonly source: string;
  /** Whether it is in fenced code. */
  readonly code: boolean;
}

function rowsOf(text: string): readonly Row[] {
  let start = 0;
  let fence = "";
  return text.split("\n").map((source) => {
    const before = fence;
    fence = fenceAfter(fence, source);
    const row = { start, source, code: before !== "" || fence !== "" };
    start += source.length + 1;
    return row;
  });
}

/** The row that closes the block opened at `at`: `$$` is in it, and nothing behind. Null when a heading or code comes first. */
function closingRow(rows: readonly Row[], at: number): number | null {
  for (let next = at + 1; next < Math.min(rows.length, at + linesMax); next += 1) {
    const row = rows[next];
    if (row === undefined || row.code || isHeading(row)) return null;
    const first = row.source.indexOf("$$");
    if (first !== -1) return /^\$\$\s*$/u.test(row.source.slice(first)) ? next : null;
  }
  return null;
}

/** Whether a `$$` behind other text opens a formula that goes on in the next line. */
function opensWithin(source: string): boolean {
  return (source.replace(/`[^`]*`|\\./gu, "").split("$$").length - 1) % 2 === 1;
}

/** The row, further down the paragraph, that is nothing but the `$$` that closes what row `at` opened. */
function lineOfDollars(rows: readonly Row[], at: number): number | null {
  for (let next = at + 1; next < Math.min(rows.length, at + linesMax); next += 1) {
    const row = rows[next];
    if (row === undefined || row.code || row.source.trim() === "" || isHeading(row)) return null;
    if (row.source.includes("$$")) return row.source.trimEnd() === "$$" ? next : null;
  }
  return null;
}

function isHeading({ source }: Row): boolean {
  return /^[ \t>]*#{1,6}[ \t]/u.test(source);
}

interface Fence {
  readonly line: number;
  readonly from: number;
  readonly rest: string;
  readonly last: Row;
  readonly before: string;
  readonly tail: string;
}

function fenceMask({ line, from, rest, last, before, tail }: Fence): Mask {
  const length = last.source.length - before.length;
  return {
    line,
    type: "math",
    edits: [
      { start: from, put: " ".repeat(rest.length) },
      { start: last.start + before.length, put: "$$".padEnd(length) },
    ],
    restore: (node) => {
      if (node.type !== "math") return;
      node.value = [rest.trim(), node.value, tail.trim()].filter((part) => part !== "").join("\n");
    },
  };
}
