/** Bold and dim on a terminal, nothing elsewhere; wrapping by columns, where Hangul takes two. */
import { stripVTControlCharacters } from "node:util";

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
}

/** NO_COLOR (no-color.org) switches marks off, too. */
export function styleFor(stream: { readonly isTTY?: boolean }, noColor: string | undefined): Style {
  const on = stream.isTTY === true && (noColor === undefined || noColor === "");
  const wrap = (open: number, close: number) => (text: string) =>
    on ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: wrap(1, 22), dim: wrap(2, 22) };
}

/** Breaks at blanks so that no line is wider than `columns`, except a word that is. Each line begins with `indent`. */
export function wrapText(text: string, columns: number, indent: string): string {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = indent;
    for (const word of paragraph.split(/ +/u)) {
      const next = line === indent ? indent + word : `${line} ${word}`;
      if (widthOf(next) <= columns || line === indent) line = next;
      else {
        lines.push(line);
        line = indent + word;
      }
    }
    lines.push(line);
  }
  return lines.join("\n");
}

/** Columns that a text takes: two for Hangul, Han, kana and full-width forms, none for accents and what changes the style. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text).normalize("NFC")) {
    if (!/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) width += wide.test(character) ? 2 : 1;
  }
  return width;
}

const wide = /[\p{sc=Hangul}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\uff01-\uff60]/u;
