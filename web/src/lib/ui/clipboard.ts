/** Copying to the clipboard. */

/** False when the text can't be made or the browser does not allow it (a page over plain http from another machine). */
export async function copyText(text: () => Promise<string>): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(await text());
    return true;
  } catch {
    // Whoever asked is told in words, next to the button.
    return false;
  }
}
