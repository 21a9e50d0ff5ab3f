/** Text inside XML. */

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/**
 * Text as XML 1.0 may hold it, between tags or in an attribute. Characters that no XML document may have (most control
 * characters, lone surrogates, U+FFFE and U+FFFF) become U+FFFD, even escaped they would make it ill-formed.
 */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}")
    .replace(/[&<>"']/gu, (char) => entities[char] ?? char);
}
