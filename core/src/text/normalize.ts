/** One spelling for what people type in many: Unicode forms, width, case, blanks. */

/** Canonical composition, as stored and shown: file names and text from macOS come decomposed. */
export function compose(text: string): string {
  return text.normalize("NFC");
}

/**
 * What shows nothing and is typed by nobody, but pasted along: soft hyphens, zero-width blanks and joiners, marks of direction, byte
 * order marks and control characters. Line ends and tabs are blanks.
 */
const invisible =
  /(?![\t\n\v\f\r])\p{Cc}|[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;

/** The text without its invisible characters, so that a word that was copied is the word that was typed. */
export function visible(text: string): string {
  return text.replace(invisible, "");
}

/**
 * The form in which texts are compared: NFKC (full-width to plain), nothing invisible, lower case, runs of blanks to one space.
 * Lengths may change: never use offsets into a folded text on the original.
 */
export function fold(text: string): string {
  return visible(text.normalize("NFKC")).toLowerCase().replace(/\s+/gu, " ").trim();
}
