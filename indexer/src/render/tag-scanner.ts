/** Cuts the author's HTML into tags, comments and text, in one pass without backtracking; nothing here is trusted. */
import type { AuthorAttributes } from "./author-elements.ts";
import { renderLimits } from "./limits.ts";

export type HtmlToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "comment" }
  | {
      readonly kind: "open";
      readonly name: string;
      readonly attributes: AuthorAttributes;
      readonly source: string;
    }
  | { readonly kind: "close"; readonly name: string; readonly source: string };

/**
 * A `<` that begins no well-formed tag is text. Character references stay as written, in text and in values. The cost is
 * linear: tags that turn out broken may be looked at twice on average, what comes after that is text.
 */
export function scanHtml(source: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  const lastEnd = source.lastIndexOf(">");
  const lastCommentEnd = source.lastIndexOf("-->");
  const wasted = { left: source.length + renderLimits.tagLength };
  let textStart = 0;
  let at = source.indexOf("<");
  while (at !== -1 && at < lastEnd && wasted.left > 0) {
    const comment = source.startsWith("<!--", at);
    const found = comment ? commentAt(source, at, lastCommentEnd) : tagAt(source, at, wasted);
    if (found === null) {
      at = source.indexOf("<", at + 1);
      continue;
    }
    if (at > textStart) tokens.push({ kind: "text", text: source.slice(textStart, at) });
    tokens.push(found.token);
    textStart = found.end;
    at = source.indexOf("<", textStart);
  }
  if (textStart < source.length) tokens.push({ kind: "text", text: source.slice(textStart) });
  return tokens;
}

interface Found {
  readonly token: HtmlToken;
  readonly end: number;
}

function commentAt(source: string, at: number, lastEnd: number): Found | null {
  if (at + 4 > lastEnd) return null;
  return { token: { kind: "comment" }, end: source.indexOf("-->", at + 4) + 3 };
}

function tagAt(source: string, at: number, wasted: { left: number }): Found | null {
  const closing = source[at + 1] === "/";
  const nameStart = at + (closing ? 2 : 1);
  const name = match(/[A-Za-z][A-Za-z0-9:._-]*/uy, source, nameStart);
  if (name === null) return null;
  const rest = attributesAt(source, nameStart + name.length, at + renderLimits.tagLength, wasted);
  if (rest === null) return null;
  const tag = { name: name.toLowerCase(), source: source.slice(at, rest.end) };
  const token: HtmlToken = closing
    ? { kind: "close", ...tag }
    : { kind: "open", ...tag, attributes: rest.attributes };
  return { token, end: rest.end };
}

/** Attributes up to and with the `>`; null, with what was looked at in vain, when the tag does not end before `limit`. */
function attributesAt(source: string, from: number, limit: number, wasted: { left: number }) {
  const attributes = new Map<string, string | null>();
  let at = from;
  while (at < source.length && at < limit) {
    at += match(/[\s/]+/uy, source, at)?.length ?? 0;
    if (source[at] === ">") return { attributes, end: at + 1 };
    const name = match(/[^\s"'<>/=]+/uy, source, at);
    if (name === null) break;
    at += name.length;
    const equals = match(/\s*=\s*/uy, source, at);
    let value: string | null = null;
    if (equals !== null) {
      const written = valueAt(source, at + equals.length);
      if (written === null) break;
      value = written.value;
      at = written.end;
    }
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, value);
  }
  wasted.left -= at - from;
  return null;
}

function valueAt(source: string, at: number): { readonly value: string; readonly end: number } | null {
  const quote = source[at];
  if (quote === '"' || quote === "'") {
    const end = source.indexOf(quote, at + 1);
    return end === -1 ? null : { value: source.slice(at + 1, end), end: end + 1 };
  }
  const value = match(/[^\s"'<>=`]+/uy, source, at);
  return value === null ? null : { value, end: at + value.length };
}

function match(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? null;
}
