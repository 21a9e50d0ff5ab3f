/** Where each code unit of a normalised text came from in the text as it was written. */

/** Offsets of a normalised text into its original: code unit `i` stands for `[starts[i], ends[i])` of the original. */
export interface NormalizedText {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/**
 * Pieces that normalise independently of each other: a run of characters that nothing composes with, a run of blanks,
 * or one character with all that may compose with it. Marks, Hangul letters (conjoining, compatibility and half-width)
 * and half-width voicing marks join what stands before them under NFKC.
 */
const joining = "\\p{M}\\u1100-\\u11ff\\u3131-\\u318e\\ua960-\\ua97c\\ud7b0-\\ud7fb\\uff9e-\\uffdc";
const pieces = new RegExp(`\\s+|[\\x21-\\x7e\\uac00-\\ud7a3]+(?![${joining}])|[\\s\\S][${joining}]*`, "gu");

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
    at = place(whole, at, made, piece.length, match.index, starts, ends);
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
  length: number,
  index: number,
  starts: Uint32Array,
  ends: Uint32Array,
): number {
  // Blanks at the seams of two pieces are collapsed into one, and a normaliser may strip them at the edges.
  let piece = made;
  if (!whole.startsWith(piece, at)) piece = piece.trimStart();
  if (!whole.startsWith(piece, at)) piece = piece.trimEnd();
  const one = made.length === length && piece.length === length;
  const size = Math.min(piece.length, whole.length - at);
  for (let i = 0; i < size; i++) {
    starts[at + i] = one ? index + i : index;
    ends[at + i] = one ? index + i + 1 : index + length;
  }
  return at + size;
}
