/** Asks the server for a page before the first visitor does: what is loaded and compiled with it would make that one wait. */

const path = `/?q=${encodeURIComponent("논문 review")}`;

/** Whatever answers will do: this is about having answered once. */
export async function rehearse(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(new URL(path, url), { signal });
  await response.arrayBuffer();
}
