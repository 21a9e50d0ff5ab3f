/** Hangul syllables taken apart: initials, and letters typed with the keyboard in the other layout. */
// es-hangul is the one package inside core/src/text: composing syllables from two-set keystrokes has many cases, and it is made for that.
import { convertHangulToQwerty, convertQwertyToHangul } from "es-hangul";

const initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
/** Syllables that share an initial: 21 vowels times 28 finals (Unicode, chapter 3.12). */
const perInitial = 588;

/** The initial consonant of each syllable (`트랜스포머` -> `ㅌㄹㅅㅍㅁ`); other characters stay. */
export function initialsOf(text: string): string {
  let result = "";
  for (const letter of text.normalize("NFC")) {
    const code = letter.codePointAt(0) ?? 0;
    result +=
      code >= firstSyllable && code <= lastSyllable
        ? (initials[Math.floor((code - firstSyllable) / perInitial)] ?? letter)
        : letter;
  }
  return result;
}

/** Whether a text is nothing but single consonants (and blanks), as typed to search by initials. */
export function isInitials(text: string): boolean {
  return /^[ㄱ-ㅎ\s]+$/u.test(text) && /[ㄱ-ㅎ]/u.test(text);
}

/** What Latin letters say when their keys are read as two-set Hangul (`qkqh` -> `바보`); themselves when that says nothing. */
export function asHangulKeys(text: string): string {
  try {
    return convertQwertyToHangul(text);
  } catch {
    // es-hangul 2.4.0 throws on some vowels in a row (`metaphor`, `ㅗㅐㄱ`): whoever typed that did not mean Hangul.
    return text;
  }
}

/** What Hangul says when its keys are read as Latin letters (`ㅅㄱ무냐꾸` -> `transku`…). */
export function asLatinKeys(text: string): string {
  return convertHangulToQwerty(text);
}
