/** Cuts a snippet into plain and marked pieces, so that a component can show it without any HTML in it. */
import type { Mark, Snippet } from "@nonmun/core/contract";

/** A snippet as it is shown: each mark with the plain text before it, then what is left. */
export interface MarkedText {
  readonly pieces: readonly MarkedPiece[];
  readonly rest: string;
}

export interface MarkedPiece {
  readonly before: string;
  readonly text: string;
  readonly kind: Mark["kind"];
  /** Of a mark by meaning; null for the query's own words. */
  readonly step: 1 | 2 | 3 | null;
}

/**
 * The pieces in order; together they are the whole text. Marks outside the text are cut to it, and of overlapping marks
 * the earlier keeps what both claim, so that a wrong range can spoil a highlight but never the text.
 */
export function markedText({ text, marks, ranges }: Snippet): MarkedText {
  const wanted =
    marks.length > 0 ? marks : ranges.map((range) => ({ range, kind: "literal", strength: 1 }) as const);
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const { range, kind, strength } of wanted.toSorted((a, b) => a.range[0] - b.range[0])) {
    const start = Math.max(range[0], at);
    const end = Math.min(range[1], text.length);
    if (end <= start) continue;
    const step = kind === "meaning" ? strengthStep(strength) : null;
    pieces.push({ before: text.slice(at, start), text: text.slice(start, end), kind, step });
    at = end;
  }
  return { pieces, rest: text.slice(at) };
}

/** Three steps of strength are as many as the eye tells apart in an underline. */
function strengthStep(strength: number): 1 | 2 | 3 {
  if (strength >= 0.66) return 3;
  return strength >= 0.33 ? 2 : 1;
}
