/** The words of raw HTML: what a reader of the page would see, without tags. */
import { decodeNamedCharacterReference } from "decode-named-character-reference";
import { isProseTag } from "../render/author-elements.ts";

/**
 * Text of a piece of HTML, which need not be balanced: tags become a blank, comments, scripts and styles nothing,
 * character references their character; `alt`, `title` and `label` of a tag are kept, and what is no tag of HTML
 * (`<think>`) is as it is written. One pass, linear in `html`.
 */
export function htmlText(html: string): string {
  let text = "";
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open === -1) return text + decodeReferences(html.slice(at));
    text += decodeReferences(html.slice(at, open));
    const end = tagEnd(html, open);
    if (end === "unclosed") return text + decodeReferences(html.slice(open));
    if (end === "text") {
      text += "<";
      at = open + 1;
      continue;
    }
    const tag = html.slice(open, end);
    text += tagText(tag);
    at = skipRaw(html, tag, end);
  }
  return text;
}

/** Texts of the attributes of a tag that a reader sees or hears. */
export function attributeText(tag: string): readonly string[] {
  return [...tag.matchAll(/\s(?:alt|title|label|summary)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/giu)]
    .map((found) => decodeReferences(found[1] ?? found[2] ?? found[3] ?? "").trim())
    .filter((text) => text !== "");
}

export function decodeReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#(?<decimal>\d{1,7})|#[xX](?<hex>[\da-fA-F]{1,6})|(?<name>[\da-zA-Z]{1,31}));/gu,
    (whole, ...rest) => {
      const groups: Readonly<Record<string, string | undefined>> = rest.at(-1);
      const { decimal, hex, name } = groups;
      if (name !== undefined) return decodeNamedCharacterReference(name) || whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? "0", 16) : Number(decimal);
      const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return valid ? String.fromCodePoint(code) : "\uFFFD";
    },
  );
}

/** Offset after the tag or comment that begins at `open`; `text` when the `<` begins none, `unclosed` when it never ends. */
function tagEnd(html: string, open: number): number | "text" | "unclosed" {
  if (html.startsWith("<!--", open)) return endAfter(html, "-->", open + 4);
  if (!/^<[/!?]?\p{L}/u.test(html.slice(open, open + 4))) return "text";
  let quote = "";
  for (let at = open + 1; at < html.length; at += 1) {
    const character = html[at] ?? "";
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === ">") return at + 1;
    else if ((character === '"' || character === "'") && html[at - 1] === "=") quote = character;
  }
  return "unclosed";
}

function endAfter(html: string, mark: string, from: number): number {
  const end = html.indexOf(mark, from);
  return end === -1 ? html.length : end + mark.length;
}

function tagText(tag: string): string {
  if (tag.startsWith("<!--")) return "";
  const name = /^<\/?(?<name>\p{L}[^\s/>]*)/u.exec(tag)?.groups?.name;
  if (name !== undefined && isProseTag(name)) return decodeReferences(tag);
  const spoken = attributeText(tag);
  if (spoken.length > 0) return ` ${spoken.join(" ")} `;
  return inline.test(tag) ? "" : " ";
}

/** Tags that may stand within a word: `H<sub>2</sub>O`. */
const inline =
  /^<\/?(?:a|abbr|b|bdi|code|del|em|font|i|ins|kbd|mark|s|small|span|strong|sub|sup|u|var|wbr)(?=[\s/>])/iu;

/** Nothing inside script and style is read by people. */
function skipRaw(html: string, tag: string, end: number): number {
  const name = /^<(?<name>script|style)(?=[\s>])/iu.exec(tag)?.groups?.name;
  if (name === undefined) return end;
  const closing = new RegExp(`</${name}`, "giu");
  closing.lastIndex = end;
  return closing.exec(html)?.index ?? html.length;
}
