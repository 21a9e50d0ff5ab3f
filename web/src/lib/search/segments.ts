/** Cuts a snippet into plain and marked pieces, so that a component can show it without any HTML in it. */
import type { Mark, Snippet } from "@nonmun/core/contract";

export interface Segment {
  readonly text: string;
  readonly mark: Pick<Mark, "kind" | "strength"> | null;
}

/**
 * The pieces in order; together they are the whole text. Marks outside the text are cut to it, and of overlapping marks
 * the earlier keeps what both claim, so that a wrong range can spoil a highlight but never the text.
 */
export function segmentsOf({ text, marks, ranges }: Snippet): readonly Segment[] {
  const wanted =
    marks.length > 0 ? marks : ranges.map((range) => ({ range, kind: "literal", strength: 1 }) as const);
  const sorted = wanted.toSorted((a, b) => a.range[0] - b.range[0]);
  const segments: Segment[] = [];
  let at = 0;
  for (const { range, kind, strength } of sorted) {
    const start = Math.max(range[0], at);
    const end = Math.min(range[1], text.length);
    if (end <= start) continue;
    if (start > at) segments.push({ text: text.slice(at, start), mark: null });
    segments.push({ text: text.slice(start, end), mark: { kind, strength } });
    at = end;
  }
  if (at < text.length) segments.push({ text: text.slice(at), mark: null });
  return segments;
}

/** Three steps of strength are as many as the eye tells apart in an underline. */
export function strengthStep(strength: number): 1 | 2 | 3 {
  if (strength >= 0.66) return 3;
  return strength >= 0.33 ? 2 : 1;
}
