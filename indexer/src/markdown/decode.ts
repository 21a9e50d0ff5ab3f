/** Bytes to text: finds the encoding and brings line ends and Unicode to one form. */
import { isUtf8 } from "node:buffer";
import { compose } from "@nonmun/core/text/normalize";
import iconv from "iconv-lite";
import type { Reporter } from "./diagnostic-codes.ts";
import type { LineIndex } from "./place.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "cp949";

export interface Decoded {
  /**
   * The text that every offset of a post refers to: decoded, without a byte order mark, line ends as `\n`, in NFC.
   * Nothing else is changed before offsets are counted.
   */
  readonly text: string;
  readonly encoding: Encoding;
  /** How many characters could not be read and stand as U+FFFD. */
  readonly unreadable: number;
}

/**
 * Decodes a post. A byte order mark decides; without one, text with many NULs is UTF-16, valid UTF-8 is UTF-8, and the
 * rest is read as CP949 (Microsoft's superset of EUC-KR), the encoding of older Korean editors. UTF-8 with a few broken
 * bytes stays UTF-8: whichever reading leaves fewer unreadable characters wins.
 */
export function decodePost(bytes: Uint8Array): Decoded {
  const { raw, encoding } = decodeRaw(bytes);
  // As Markdown has it (CommonMark 2.3): a NUL is a character that can't be read.
  const text = compose(
    raw
      .replace(/^\uFEFF/u, "")
      .replace(/\r\n?/gu, "\n")
      .replaceAll("\0", "\uFFFD"),
  );
  return { text, encoding, unreadable: count(text, "\uFFFD") };
}

/** NULs in text that some tool has let slip in: one, and one more for each so many bytes. */
const bytesForStrayNul = 1000;

/**
 * Whether the bytes can be a post's at all. No text holds NULs, beyond a stray one in UTF-8, unless it is UTF-16: by its mark, or
 * because it reads as such throughout.
 */
export function isText(bytes: Uint8Array): boolean {
  if (!bytes.includes(0) || markOf(bytes) !== null) return true;
  const nuls = bytes.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  if (nuls <= 1 + bytes.length / bytesForStrayNul && isUtf8(bytes)) return true;
  const wide = guessUtf16(bytes);
  return wide !== null && !noWriting.test(decodeAs(bytes, wide).raw);
}

/** Control characters and halves of surrogate pairs: what bytes that were no text give when they are read as UTF-16. */
const noWriting = /(?![\t\n\v\f\r\u0085])\p{Cc}|\p{Cs}/u;

/** Reports what other programs may stumble over: an encoding that isn't UTF-8, and characters that can't be read. */
export function reportEncoding(decoded: Decoded, lines: LineIndex, report: Reporter["report"]): void {
  const { text, encoding, unreadable } = decoded;
  if (unreadable > 0) {
    const at = text.indexOf("\uFFFD");
    report({
      code: "unreadable-characters",
      span: lines.span(at, at + 1),
      message: `${unreadable === 1 ? "1 character" : `${unreadable} characters`} could not be read as ${encoding.toUpperCase()}; in the text there is \uFFFD.`,
      advice: "Open the file in the editor that wrote it and save it as UTF-8.",
    });
  } else if (encoding !== "utf-8") {
    report({
      code: "wrong-encoding",
      span: lines.span(0, 0),
      message: `The file is ${encoding.toUpperCase()}, not UTF-8. It was read, but a blog may show it broken.`,
      advice: "Save it as UTF-8.",
    });
  }
}

function decodeRaw(bytes: Uint8Array): { readonly raw: string; readonly encoding: Encoding } {
  const wide = markOf(bytes) ?? guessUtf16(bytes);
  if (wide !== null) return decodeAs(bytes, wide);
  const utf8 = decodeAs(bytes, "utf-8");
  const broken = count(utf8.raw, "\uFFFD");
  if (broken === 0) return utf8;
  const korean = decodeAs(bytes, "cp949");
  return count(korean.raw, "\uFFFD") < broken ? korean : utf8;
}

/** The UTF-16 that a byte order mark tells of. */
function markOf([first, second]: Uint8Array): Encoding | null {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
}

function decodeAs(
  bytes: Uint8Array,
  encoding: Encoding,
): { readonly raw: string; readonly encoding: Encoding } {
  if (encoding === "utf-8") return { raw: new TextDecoder("utf-8").decode(bytes), encoding };
  return {
    raw: iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding),
    encoding,
  };
}

/** UTF-16 without a mark: line ends and blanks put a NUL into every other byte, which UTF-8 text never has. */
function guessUtf16(bytes: Uint8Array): Encoding | null {
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4) return null;
  let even = 0;
  let odd = 0;
  sample.forEach((byte, at) => {
    if (byte !== 0) return;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  });
  const enough = sample.length / 32;
  if (odd > enough && odd > 4 * even) return "utf-16le";
  if (even > enough && even > 4 * odd) return "utf-16be";
  return null;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
