/** Finds in a review's text what a snippet shows of it. Text is compared without white space, which HTML and index treat differently. */
import type { Mark, Snippet } from "@nonmun/core/contract";

/** Text without white space, and for each of its code units the offset in the text it came from. */
export interface CompactText {
  readonly text: string;
  readonly offsets: readonly number[];
}

export interface Passage {
  /** Code units of the compact text, `[start, end)`. */
  readonly start: number;
  readonly end: number;
  readonly marks: readonly { readonly start: number; readonly end: number; readonly kind: Mark["kind"] }[];
}

export function compact(text: string): CompactText {
  const offsets: number[] = [];
  let kept = "";
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if (/\s/u.test(unit)) continue;
    kept += unit;
    offsets.push(at);
  }
  return { text: kept, offsets };
}

/**
 * The pieces of a snippet in the review: it is cut where it leaves text out (`…`) and where a block ends. A piece that is not
 * there in the same words (a table row, a formula) is left out.
 *
 * @param review compact text of the review
 * @param from where the snippet's section begins; it is looked for there first, then anywhere
 */
export function findPassages(review: string, snippet: Snippet, from = 0): readonly Passage[] {
  const passages: Passage[] = [];
  for (const piece of pieces(snippet.text)) {
    const { text, offsets } = compact(snippet.text.slice(piece.start, piece.end));
    if (text === "") continue;
    const inSection = review.indexOf(text, from);
    const start = inSection >= 0 ? inSection : review.indexOf(text);
    if (start < 0) continue;
    const marks = snippet.marks.flatMap(({ range, kind }) => {
      const first = offsets.findIndex((offset) => offset + piece.start >= range[0]);
      const last = offsets.findLastIndex((offset) => offset + piece.start < range[1]);
      return first < 0 || last < first ? [] : [{ start: start + first, end: start + last + 1, kind }];
    });
    passages.push({ start, end: start + text.length, marks });
  }
  return passages;
}

function pieces(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/[^\n…]+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
