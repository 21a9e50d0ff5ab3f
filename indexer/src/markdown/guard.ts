/** Takes out of a post, before it is parsed, what a Markdown parser can't read in bounded time, to be kept as plain text. */
import type { Paragraph, Root, RootContent } from "mdast";
import { blank } from "./masks.ts";
import { type LineIndex, rangeOf } from "./place.ts";
import { fenceAfter } from "./segments.ts";

/**
 * Limits in UTF-16 code units and counts, measured with micromark 4 on one core of 2026: below them any block parses in
 * under a second; 10,000 nested images take 274 s, 20,000 lone asterisks 14 s, 4 MB in one line 6 s.
 */
export const guardLimits = {
  text: 8_000_000,
  line: 100_000,
  /** Quotation and list marks at the start of one line. */
  marks: 50,
  /** Columns before a list mark. */
  indent: 200,
  brackets: 300,
  bracketsTotal: 5_000,
  /** `|` in a table's header: each row is padded to its width. */
  columns: 200,
  /** Columns times rows. */
  cells: 50_000,
  /** `*` and `_` in one paragraph, and in code. */
  emphasis: 3_000,
  emphasisInCode: 20_000,
  containers: 8,
} as const;

export interface CutOut {
  readonly start: number;
  readonly end: number;
  /** What there was too much of, as part of a sentence. */
  readonly reason: string;
}

export interface Guarded {
  /** As long as the text given, with blanks in place of what was cut out. */
  readonly text: string;
  readonly cuts: readonly CutOut[];
}

export function guard(text: string): Guarded {
  const cuts: CutOut[] = [];
  const state = { fence: "", containers: 0 };
  for (const run of runsOf(text)) {
    const whole =
      run.start >= guardLimits.text
        ? "the post goes on beyond 8 million characters"
        : excessOf(text, run, state);
    if (whole !== null) cuts.push({ start: run.start, end: run.end, reason: whole });
    else cuts.push(...run.lines.flatMap((line) => lineCut(text, line, state)));
  }
  if (cuts.length === 0) return { text, cuts };
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of cuts) {
    pieces.push(text.slice(at, start), blank(text.slice(start, end), 0, end - start));
    at = end;
  }
  return { text: pieces.join("") + text.slice(at), cuts };
}

/** Puts what was cut out back into the tree, as paragraphs of plain text, each line one. */
export function putBack(tree: Root, text: string, cuts: readonly CutOut[], lines: LineIndex): void {
  if (cuts.length === 0) return;
  const kept: RootContent[] = cuts.flatMap((cut) => plainParagraphs(text, cut, lines));
  tree.children = [...tree.children, ...kept].sort((a, b) => rangeOf(a).start - rangeOf(b).start);
}

/** The lines of a piece of text as paragraphs that hold nothing but that text. */
export function plainParagraphs(
  text: string,
  piece: { readonly start: number; readonly end: number },
  lines: LineIndex,
): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (let at = piece.start; at < piece.end; ) {
    const found = text.indexOf("\n", at);
    const end = found === -1 ? piece.end : Math.min(found, piece.end);
    const value = text.slice(at, end);
    if (value.trim() !== "") {
      const position = lines.span(at, end);
      paragraphs.push({ type: "paragraph", position, children: [{ type: "text", value, position }] });
    }
    at = end + 1;
  }
  return paragraphs;
}

interface Line {
  readonly start: number;
  readonly end: number;
}

/** Lines without a blank one between them. */
interface Run extends Line {
  readonly lines: readonly Line[];
}

function runsOf(text: string): readonly Run[] {
  const runs: Run[] = [];
  let lines: Line[] = [];
  const close = (): void => {
    const [first] = lines;
    const last = lines.at(-1);
    if (first !== undefined && last !== undefined) runs.push({ start: first.start, end: last.end, lines });
    lines = [];
  };
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    if (isBlank(text, start, end)) close();
    else lines.push({ start, end });
    start = end + 1;
  }
  close();
  return runs;
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

interface State {
  /** The fence of the code block that is open, or nothing. */
  fence: string;
  containers: number;
}

/** Why a run of lines as a whole can't be parsed, or null. Keeps track of fenced code across runs. */
function excessOf(text: string, run: Run, state: State): string | null {
  const columns = columnsOf(text, run);
  if (columns > guardLimits.columns) return "the table has too many columns";
  if (columns * run.lines.length > guardLimits.cells) return "the table has too many cells";
  let depth = 0;
  let brackets = 0;
  let emphasis = 0;
  let inCode = 0;
  for (const line of run.lines) {
    const source = text.slice(line.start, Math.min(line.end, line.start + guardLimits.line));
    state.fence = fenceAfter(state.fence, source);
    if (/^\s*(?:[-+*]|1[.)]|#{1,6})\s/u.test(source) || isTableRow(source, run, text)) emphasis = 0;
    for (let at = 0; at < source.length; at += 1) {
      const character = source[at];
      if (character === "\\") at += 1;
      else if (character === "[") {
        depth += 1;
        brackets += 1;
        if (depth > guardLimits.brackets || brackets > guardLimits.bracketsTotal)
          return "brackets are nested too deeply";
      } else if (character === "]") depth = Math.max(0, depth - 1);
      else if (character === "*" || character === "_") {
        if (state.fence === "") emphasis += 1;
        else inCode += 1;
      }
    }
    if (emphasis > guardLimits.emphasis || inCode > guardLimits.emphasisInCode)
      return "one paragraph holds too many asterisks or underscores";
  }
  return null;
}

/** Whether the run is a table, in which every row is parsed for itself. */
function isTableRow(source: string, run: Run, text: string): boolean {
  const second = run.lines[1];
  if (!source.includes("|") || second === undefined) return false;
  return /^[\s|:-]+$/u.test(text.slice(second.start, Math.min(second.end, second.start + 2000)));
}

function columnsOf(text: string, run: Run): number {
  const delimiters = run.lines
    .slice(1)
    .find(({ start, end }) =>
      /^[\s>]*\|?[ \t]*:?-+:?[ \t]*\|/u.test(text.slice(start, Math.min(end, start + 2000))),
    );
  if (delimiters === undefined) return 0;
  return text.slice(delimiters.start, delimiters.end).split("|").length - 1;
}

function lineCut(text: string, line: Line, state: State): readonly CutOut[] {
  const reason = lineExcess(text, line, state);
  return reason === null ? [] : [{ ...line, reason }];
}

/** Runs of blanks don't count: a pasted picture was blanked out. */
function isLong(text: string, { start, end }: Line): boolean {
  if (end - start <= guardLimits.line) return false;
  return text.slice(start, end).replace(/ {2,}/gu, " ").length > guardLimits.line;
}

function lineExcess(text: string, line: Line, state: State): string | null {
  if (isLong(text, line)) return "the line is longer than 100,000 characters";
  const start =
    /^[ \t]*(?:(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))[ \t]*)*/u.exec(
      text.slice(line.start, line.start + 2000),
    )?.[0] ?? "";
  const marks = start.match(/>|[-+*]|\d+[.)]/gu)?.length ?? 0;
  if (marks > guardLimits.marks) return "quotations or lists are nested too deeply";
  const indent = start.search(/[^ \t]/u);
  if (indent > guardLimits.indent) return "the list is nested too deeply";
  const container = /^\s*:::+(?<name>\s*[^\s:]?)/u.exec(text.slice(line.start, line.start + 200))?.groups
    ?.name;
  if (container === undefined) return null;
  if (container.trim() === "") state.containers = Math.max(0, state.containers - 1);
  else if (state.containers >= guardLimits.containers) return "`:::` blocks are nested too deeply";
  else state.containers += 1;
  return null;
}
