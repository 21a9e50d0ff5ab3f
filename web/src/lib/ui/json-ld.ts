/** JSON for a data block in the page. */

/**
 * JSON without the characters that could end the block or that an HTML escaper would change: `<`, `>`, `&` are written as
 * JSON escapes, so the text is the same before and after HTML escaping.
 */
export function scriptSafe(value: object): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/gu, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
