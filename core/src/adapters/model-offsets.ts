/** Where each code unit of a normalised text came from in the text as it was written. */

/** Offsets of a normalised text into its original: code unit `i` stands for `[starts[i], ends[i])` of the original. */
export interface NormalizedText {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Marks, and half-width voicing signs: under NFKC they join any character that stands before them. */
const mark = "\\p{M}\\uff9e\\uff9f";
/** Hangul letters: conjoining, compatibility and half-width ones. They join each other, or a syllable before them. */
const letter = "\\u1100-\\u11ff\\u3131-\\u318e\\ua960-\\ua97c\\ud7b0-\\ud7fb\\uffa0-\\uffdc";
const syllable = "\\uac00-\\ud7a3";

/**
 * Pieces that normalise independently of each other: a run of blanks, a run of plain characters that nothing joins, or
 * one character with all that may join it.
 */
const pieces = new RegExp(
  [
    "\\s+",
    `[\\x21-\\x7e${syllable}]+(?![${mark}${letter}])`,
    `[${syllable}${letter}][${letter}${mark}]*`,
    `[\\s\\S][${mark}]*`,
  ].join("|"),
  "gu",
);

/**
 * Normalises `text` and keeps track of places. A character that becomes several, or several that become one, map as a
 * whole, so that no surrogate pair and no composed character is ever cut.
 */
export function normalizeWithOffsets(text: string, normalize: (text: string) => string): NormalizedText {
  const whole = normalize(text);
  const starts = new Uint32Array(whole.length);
  const ends = new Uint32Array(whole.length);
  let at = 0;
  for (const match of text.matchAll(pieces)) {
    const piece = match[0];
    const made = normalize(piece);
    at = place(whole, at, made, { text: piece, index: match.index }, starts, ends, normalize);
  }
  // What the pieces did not account for (a normaliser with a wider view) belongs to the end of the text.
  starts.fill(text.length, at);
  ends.fill(text.length, at);
  return { text: whole, starts, ends };
}

/** Puts one normalised piece at `at` of the whole and returns where the next begins. */
function place(
  whole: string,
  at: number,
  made: string,
  source: { readonly text: string; readonly index: number },
  starts: Uint32Array,
  ends: Uint32Array,
  normalize: (text: string) => string,
): number {
  // Blanks at the seams of two pieces are collapsed into one, and a normaliser may strip them at the edges.
  let piece = made;
  if (!whole.startsWith(piece, at)) piece = piece.trimStart();
  if (!whole.startsWith(piece, at)) piece = piece.trimEnd();
  const { index, text } = source;
  const unitByUnit = piece === text || (piece.length === text.length && alone(text, normalize) === piece);
  const size = Math.min(piece.length, whole.length - at);
  for (let i = 0; i < size; i++) {
    starts[at + i] = unitByUnit ? index + i : index;
    ends[at + i] = unitByUnit ? index + i + 1 : index + text.length;
  }
  return at + size;
}

/** The code units normalised one by one; empty when one of them is half a pair or becomes more than one. */
function alone(text: string, normalize: (text: string) => string): string {
  const units = Array.from(text, normalize);
  return units.length === text.length && units.every((unit) => unit.length === 1) ? units.join("") : "";
}
