/** Where something stands in the source of a post. */

/** A point in a file: line and column from 1, offset from 0 in UTF-16 code units of the decoded text. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A piece of a file, from `start` up to but without `end`. */
export interface Span {
  readonly start: Place;
  readonly end: Place;
}

/** A pair of UTF-16 offsets `[start, end)` into some text. */
export type Range = readonly [start: number, end: number];
