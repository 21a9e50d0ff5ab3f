/** Cuts a text that is longer than the token budget: between sentences, else between words, else between characters. */
import type { Range } from "@nonmun/core/model/place";

export interface CutOptions {
  /** Most tokens of a piece. */
  readonly limit: number;
  /** Tokens at the end of a piece that the next one repeats, so that no thought is cut in two in every piece. */
  readonly overlap: number;
  countTokens(text: string): number;
}

export interface Piece {
  readonly text: string;
  /** Where it stands in the text that was cut. */
  readonly range: Range;
}

/**
 * Pieces of at most `limit` tokens that together hold the whole text, in order. Linear in `text`: each stretch of it is
 * counted once, and again only where a stretch alone is over the limit.
 */
export function cutText(text: string, options: CutOptions): readonly Piece[] {
  const { limit, overlap } = options;
  const pieces: Stretch[][] = [];
  let current: Stretch[] = [];
  let used = 0;
  for (const stretch of stretchesOf(text, options)) {
    if (current.length > 0 && used + stretch.tokens > limit) {
      pieces.push(current);
      current = tail(current, Math.min(overlap, limit - stretch.tokens));
      used = current.reduce((sum, { tokens }) => sum + tokens, 0);
    }
    current.push(stretch);
    used += stretch.tokens;
  }
  if (current.length > 0) pieces.push(current);
  return pieces.flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const joined = [first, ...others].map((stretch) => stretch.text).join("");
    const piece = joined.trim();
    const start = first.start + joined.indexOf(piece);
    return piece === "" ? [] : [{ text: piece, range: [start, start + piece.length] as const }];
  });
}

interface Stretch {
  readonly text: string;
  /** Offset in the whole text: stretches stand side by side. */
  readonly start: number;
  readonly tokens: number;
}

/** Longest stretch before it is cut at a blank, in UTF-16 code units: a long sentence, in Korean and in English. */
const stretchLength = 240;

function stretchesOf(text: string, options: CutOptions): readonly Stretch[] {
  let start = 0;
  return sentencesOf(text)
    .flatMap((sentence) => shortened(sentence))
    .flatMap((stretch) => counted(stretch, options))
    .map((stretch) => {
      const placed = { ...stretch, start };
      start += stretch.text.length;
      return placed;
    });
}

/** Sentences with their ends and the blanks behind them; a line end ends a sentence too. */
function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = [];
  let at = 0;
  for (const end of text.matchAll(/[.!?。！？…]["'”’)\]]{0,3}\s+|\n+/gu)) {
    sentences.push(text.slice(at, end.index + end[0].length));
    at = end.index + end[0].length;
  }
  sentences.push(text.slice(at));
  return sentences.filter((sentence) => sentence !== "");
}

function shortened(sentence: string): readonly string[] {
  const parts: string[] = [];
  let at = 0;
  while (sentence.length - at > stretchLength) {
    const end = at + stretchLength;
    const space = sentence.slice(at, end + 1).lastIndexOf(" ");
    const cut = space > 0 ? at + space + 1 : wholeCharacter(sentence, end);
    parts.push(sentence.slice(at, cut));
    at = cut;
  }
  const rest = sentence.slice(at);
  if (rest !== "") parts.push(rest);
  return parts;
}

/** An offset that doesn't cut a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

/** Halves a stretch until it fits: rare scripts take several tokens a character. */
function counted(text: string, options: CutOptions): readonly Omit<Stretch, "start">[] {
  const tokens = options.countTokens(text);
  if (tokens <= options.limit || text.length < 2) return [{ text, tokens }];
  const middle = wholeCharacter(text, text.length >> 1);
  if (middle >= text.length) return [{ text, tokens }];
  return [...counted(text.slice(0, middle), options), ...counted(text.slice(middle), options)];
}

function tail(stretches: readonly Stretch[], tokens: number): Stretch[] {
  let left = tokens;
  let from = stretches.length;
  while (from > 0 && (stretches[from - 1]?.tokens ?? 0) <= left) {
    from -= 1;
    left -= stretches[from]?.tokens ?? 0;
  }
  return from === 0 ? [] : stretches.slice(from);
}
