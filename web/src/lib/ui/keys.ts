/** Which key presses mean the same on every page. */

export type GlobalKey = "search" | "palette" | "shortcuts";

interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly target: EventTarget | null;
}

/**
 * `/` goes to the search box, Ctrl or Cmd with K opens the palette, `?` lists the keys. Nothing is taken from someone who
 * types, and nothing happens while a Hangul syllable is being composed. K is told by its place on the keyboard, because with a Korean
 * layout it types ㅏ.
 */
export function globalKey(event: Pressed): GlobalKey | null {
  if (event.isComposing || event.altKey) return null;
  if (event.ctrlKey || event.metaKey) return event.code === "KeyK" ? "palette" : null;
  if (isTyping(event.target)) return null;
  if (event.key === "/") return "search";
  return event.key === "?" ? "shortcuts" : null;
}

function isTyping(target: EventTarget | null): boolean {
  if (typeof Element === "undefined" || !(target instanceof Element)) return false;
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}
