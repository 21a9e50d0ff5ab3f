/** The place of a piece of a block: from where its first word stands in the post to where its last one ends. */
import type { Block, Run } from "@nonmun/core/model/paper";
import type { Place, Range, Span } from "@nonmun/core/model/place";

/** Exact to the character where the block's words are in the post as they are; else the markup that says them, as a whole. */
export function pieceSpan({ span, runs = [] }: Block, [start, end]: Range): Span {
  const first = runs.find(({ range }) => range[1] > start);
  const last = runs.findLast(({ range }) => range[0] < end);
  if (first === undefined || last === undefined || first.range[0] > last.range[0]) return span;
  return { start: placeIn(first, start, "start"), end: placeIn(last, end, "end") };
}

function placeIn({ range, span, verbatim }: Run, offset: number, side: "start" | "end"): Place {
  if (!verbatim) return span[side];
  const step = Math.min(Math.max(offset, range[0]), range[1]) - range[0];
  const { line, column } = span.start;
  return { line, column: column + step, offset: span.start.offset + step };
}
