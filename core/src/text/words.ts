/** Words of a text with their places: runs of letters and digits of one script, in Korean, English or both glued together. */
import type { Range } from "../model/place.ts";
import { visible } from "./normalize.ts";

export interface Word {
  /** Compared form: NFKC, lower case. */
  readonly folded: string;
  /** Where it stands in the text as given, in UTF-16 code units. */
  readonly range: Range;
  readonly script: "hangul" | "latin" | "other";
}

/** A soft hyphen or a zero-width character within a word doesn't end it. */
const pieces =
  /(?<hangul>[\p{Script=Hangul}](?:[\u00AD\u200B-\u200D\u2060\uFEFF]*[\p{Script=Hangul}\p{M}])*)|(?<latin>[\p{Script=Latin}\p{Nd}](?:[\u00AD\u200B-\u200D\u2060\uFEFF]*[\p{Script=Latin}\p{Nd}\p{M}])*)|(?<other>[\p{L}\p{N}][\p{L}\p{N}\p{M}]*?(?=$|[^\p{L}\p{N}\p{M}]|[\p{Script=Hangul}\p{Script=Latin}\p{Nd}]))/gu;

/**
 * Splits where the script changes, so that `LLM의` is `LLM` and `의`, and `GPT-4` is `gpt` and `4`. Punctuation and symbols
 * are no words. Digits belong to the Latin run that they touch (`qwen3`).
 */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(pieces)) {
    const [found] = match;
    const groups = match.groups ?? {};
    words.push({
      folded: foldWord(found),
      range: [match.index, match.index + found.length],
      script: groups.hangul !== undefined ? "hangul" : groups.latin !== undefined ? "latin" : "other",
    });
  }
  return words;
}

/** A text as its folded letters and digits alone: spacing, hyphens and punctuation make no difference. */
export function squeeze(text: string): string {
  return foldWord(text).replace(/[^\p{L}\p{N}]+/gu, "");
}

function foldWord(text: string): string {
  return visible(text.normalize("NFKC")).toLowerCase().normalize("NFC");
}
