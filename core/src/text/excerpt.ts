/** A passage cut from a text with the marks that fall into it: text and ranges, never HTML. */
import type { Mark, Snippet } from "../contract.ts";
import type { Range } from "../model/place.ts";

/** Longest passage, in UTF-16 code units, without the dots that show where it was cut. */
export const passageMax = 280;

const dots = "…";

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Cuts `[start, end)` out of `text` at whole characters and carries the marks over; dots stand where text was left out. */
export function excerpt(text: string, [start, end]: Range, marks: readonly Mark[]): Snippet {
  const from = skipBlanks(text, wholeCharacter(text, Math.max(0, start)));
  const to = wholeCharacter(text, Math.min(text.length, Math.max(start, end)));
  const lead = text.slice(0, from).trim() === "" ? "" : dots;
  const body = text.slice(from, to).replace(/\s+$/u, "");
  const tail = text.slice(from + body.length).trim() === "" ? "" : dots;
  const shift = lead.length - from;
  const inside = marks
    .filter(
      (mark) => mark.range[0] >= from && mark.range[1] <= from + body.length && mark.range[0] < mark.range[1],
    )
    .map((mark): Mark => ({ ...mark, range: [mark.range[0] + shift, mark.range[1] + shift] }));
  const apart = merged(inside);
  return { text: lead + body + tail, ranges: apart.map((mark) => mark.range), marks: apart };
}

/** Sorted and apart: of marks that overlap, the stronger one stays. */
function merged(marks: readonly Mark[]): readonly Mark[] {
  const result: Mark[] = [];
  for (const mark of [...marks].sort(
    (one, other) => one.range[0] - other.range[0] || one.range[1] - other.range[1],
  )) {
    const last = result.at(-1);
    if (last === undefined || last.range[1] <= mark.range[0]) result.push(mark);
    else if (mark.strength > last.strength) result[result.length - 1] = mark;
  }
  return result;
}

/**
 * Passages that a text falls into: sentences, which end with their line at the latest; longer ones are cut at blanks. Each is a
 * range no longer than `most`; together they cover everything but blanks.
 */
export function passagesOf(text: string, most: number = passageMax): readonly Range[] {
  const passages: Range[] = [];
  for (const sentence of text.matchAll(/[^\n]+?(?:[.!?。！？]+(?=\s)|(?=\n|$))/gu)) {
    const end = sentence.index + sentence[0].length;
    let from = skipBlanks(text, sentence.index);
    while (from < end) {
      const to = end - from <= most ? end : breakBefore(text, from, from + most);
      passages.push([from, to]);
      from = skipBlanks(text, to);
    }
  }
  return passages;
}

/** The last good place to cut in `(from, limit]`: a blank in the last two thirds, else between whole characters. */
function breakBefore(text: string, from: number, limit: number): number {
  const piece = text.slice(from, limit);
  const blank = [...piece.matchAll(/\s/gu)].at(-1);
  if (blank !== undefined && blank.index > piece.length / 3) return from + blank.index;
  const whole = wholeCharacter(text, limit);
  return whole > from ? whole : limit;
}

/** The nearest offset at or before `offset` that cuts no syllable, surrogate pair, combining mark or joined emoji. */
function wholeCharacter(text: string, offset: number): number {
  if (offset <= 0 || offset >= text.length) return offset;
  return graphemes.segment(text).containing(offset)?.index ?? offset;
}

function skipBlanks(text: string, offset: number): number {
  let place = offset;
  while (place < text.length && /\s/u.test(text[place] ?? "")) place += 1;
  return place;
}
