/** In which of our two languages a text is, so that screen readers and hyphenation treat it right. */
import type { Locale } from "./locale.ts";

/** A Korean sentence full of English terms is still Korean: particles alone make up a seventh of its letters. */
const hangulShare = 0.1;

/** Korean from a tenth of Hangul among the letters on, else English. Text without letters has no language: null. */
export function languageOf(text: string): Locale | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return null;
  const hangul = text.match(/\p{Script=Hangul}/gu)?.length ?? 0;
  return hangul / letters >= hangulShare ? "ko" : "en";
}

/** Most of a page that is looked at: its first screens say what language it is in. */
const htmlMax = 8000;

/** The language of a page of HTML: what code says is no language. */
export function languageOfHtml(html: string): Locale | null {
  return languageOf(
    html.slice(0, htmlMax).replace(/<(?:pre|math)\b[\s\S]*?<\/(?:pre|math)>|<[^>]*>?/gu, " "),
  );
}
