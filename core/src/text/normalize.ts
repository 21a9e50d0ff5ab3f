/** One spelling for what people type in many: Unicode forms, width, case, blanks. */

/** Canonical composition, as stored and shown: file names and text from macOS come decomposed. */
export function compose(text: string): string {
  return text.normalize("NFC");
}

/**
 * The form in which texts are compared: NFKC (full-width to plain), lower case, runs of blanks to one space.
 * Lengths may change: never use offsets into a folded text on the original.
 */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}
