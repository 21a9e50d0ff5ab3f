/** Hides pieces of a post from the parser without moving what follows, and puts them back into the tree. */
import type { Root } from "mdast";
import { eachNode } from "./each-node.ts";

export interface Masked {
  readonly text: string;
  /** Puts hidden braces back into every text of a tree. */
  restore(tree: Root): Root;
}

/** Replaces everything but line ends by blanks, so that the parser sees nothing between two offsets. */
export function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n]/gu, blanksFor) + text.slice(end);
}

/** Longer `data:` addresses are pictures pasted into the text, not something a person wrote. */
const embeddedMin = 2_000;

/** Blanks out pictures that are pasted into a post as `data:` addresses; `first` is the offset of the first one. */
export function blankEmbedded(text: string): { readonly text: string; readonly first: number | null } {
  let first: number | null = null;
  const blanked = text.replace(/data:[a-z]+\/[^\s"'()<>]+/giu, (address, offset: number) => {
    if (address.length < embeddedMin) return address;
    first ??= offset;
    return " ".repeat(address.length);
  });
  return { text: blanked, first };
}

/**
 * Hides the braces of Docusaurus's explicit heading ids (`## 제목 {#id}`), which MDX takes for a broken expression, behind
 * two private-use characters that the post doesn't hold.
 */
export function maskHeadingIds(text: string): Masked {
  if (!text.includes("{#")) return { text, restore: (tree) => tree };
  const [open, close] = unusedCharacters(text);
  const masked = text.replace(
    /^(?<line>[ \t]{0,3}#{1,6}[ \t].*)\{(?<id>#[^\s{}]+)\}(?<end>[ \t]*)$/gmu,
    (_, line: string, id: string, end: string) => `${line}${open}${id}${close}${end}`,
  );
  const restoreText = (value: string): string => value.replaceAll(open, "{").replaceAll(close, "}");
  return { text: masked, restore: (tree) => mapTexts(tree, restoreText) };
}

/** Changes every text of a tree. */
export function mapTexts(tree: Root, change: (value: string) => string): Root {
  eachNode(tree, (node) => {
    if ("value" in node && typeof node.value === "string") node.value = change(node.value);
  });
  return tree;
}

function unusedCharacters(text: string): readonly [string, string] {
  const unused: string[] = [];
  for (let code = 0xe000; unused.length < 2 && code <= 0xf8ff; code += 1) {
    const character = String.fromCharCode(code);
    if (!text.includes(character)) unused.push(character);
  }
  return [unused[0] ?? "{", unused[1] ?? "}"];
}

function blanksFor(character: string): string {
  return " ".repeat(character.length);
}
