/** What was meant when the keyboard was in the other layout: `cnfhs` for 추론, `ㄱㄷㅁ내ㅜㅑㅜㅎ` for reasoning. */
import { asHangulKeys, asLatinKeys, isInitials } from "../text/hangul.ts";
import { wordsOf } from "../text/words.ts";

/** Syllables that Latin letters must make before they are taken for Hangul: `go` alone is English. */
const syllablesMin = 2;

/** @param isKnown whether a folded word is one of the index's own: such a word was typed on purpose. */
export function keyboardSlip(text: string, isKnown: (word: string) => boolean): string | null {
  if (isInitials(text)) return null;
  const words = wordsOf(text);
  if (words.length === 0) return /[ㄱ-ㅣ]/u.test(text) ? fromHangul(text) : null;
  if (words.some((word) => isKnown(word.folded))) return null;
  if (/[ㄱ-ㅣ]/u.test(text)) return fromHangul(text);
  if (!/^[A-Za-z\s]+$/u.test(text)) return null;
  const hangul = asHangulKeys(text);
  const syllables = hangul.replace(/\s/gu, "");
  return /^[가-힣]+$/u.test(syllables) && syllables.length >= syllablesMin ? hangul : null;
}

function fromHangul(text: string): string | null {
  const latin = asLatinKeys(text);
  return /^[A-Za-z0-9\s.,:'-]+$/u.test(latin) && /[A-Za-z]{3}/u.test(latin) ? latin.toLowerCase() : null;
}
