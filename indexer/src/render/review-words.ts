/** The few words that rendering adds to a review, in the language that the review is written in. */
import type { AdmonitionKind } from "./admonitions.ts";

export interface ReviewWords {
  readonly footnotes: string;
  /** What a screen reader says of the arrow behind a footnote; `number` from 1. */
  backTo(number: number): string;
  /** Titles of boxes that the author gave none. */
  readonly admonitions: Readonly<Record<AdmonitionKind, string>>;
}

const korean: ReviewWords = {
  footnotes: "각주",
  backTo: (number) => `본문으로: 각주 ${number}`,
  admonitions: {
    note: "참고",
    tip: "팁",
    info: "정보",
    important: "중요",
    warning: "경고",
    caution: "주의",
    danger: "위험",
  },
};

const english: ReviewWords = {
  footnotes: "Footnotes",
  backTo: (number) => `Back to the text: footnote ${number}`,
  admonitions: {
    note: "Note",
    tip: "Tip",
    info: "Info",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    danger: "Danger",
  },
};

/** Korean reviews are full of English terms, English ones hold no Hangul: a tenth of the letters tells them apart. */
const hangulShare = 0.1;
/** UTF-16 code units that are looked at. */
const sample = 20_000;

export function reviewWords(text: string): ReviewWords {
  const letters = text.slice(0, sample).match(/\p{L}/gu)?.length ?? 0;
  const hangul = text.slice(0, sample).match(/\p{Script=Hangul}/gu)?.length ?? 0;
  return hangul > 0 && hangul >= hangulShare * letters ? korean : english;
}
