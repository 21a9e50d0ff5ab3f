/** Turns offsets into places: the lines of a text, found once. */
import type { Place, Span } from "@nonmun/core/model/place";
import type { Node } from "unist";

export interface LineIndex {
  readonly text: string;
  /** The place of a UTF-16 offset; offsets beyond the text are those of its end. */
  place(offset: number): Place;
  span(start: number, end: number): Span;
}

export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);

  function place(offset: number): Place {
    const bounded = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= bounded) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: bounded - (starts[low] ?? 0) + 1, offset: bounded };
  }
  return { text, place, span: (start, end) => ({ start: place(start), end: place(end) }) };
}

/** Offsets of a parsed node. Nodes that the reader made up have none and stand at the start. */
export function rangeOf(node: Node): { readonly start: number; readonly end: number } {
  const start = node.position?.start.offset ?? 0;
  return { start, end: node.position?.end.offset ?? start };
}

/** The span of a parsed node, in the text that was parsed. */
export function spanOf(node: Node): Span {
  const start = node.position?.start ?? { line: 1, column: 1, offset: 0 };
  const end = node.position?.end ?? start;
  return {
    start: { line: start.line, column: start.column, offset: start.offset ?? 0 },
    end: { line: end.line, column: end.column, offset: end.offset ?? 0 },
  };
}
