/** Bytes to text, in whatever encoding a post was saved. */
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decodePost } from "./decode.ts";

const text = "# 논문 리뷰\n그림 그리며 추론\n";

describe("decodePost", () => {
  test.each([
    ["utf-8", Buffer.from(text), "utf-8"],
    ["utf-8 with a mark", Buffer.from(`\uFEFF${text}`), "utf-8"],
    ["utf-16le with a mark", Buffer.from(`\uFEFF${text}`, "utf16le"), "utf-16le"],
    ["utf-16be with a mark", Buffer.from(`\uFEFF${text}`, "utf16le").swap16(), "utf-16be"],
    ["cp949", iconv.encode(text, "cp949"), "cp949"],
    ["decomposed Hangul from macOS", Buffer.from(text.normalize("NFD")), "utf-8"],
    ["Windows line ends", Buffer.from(text.replaceAll("\n", "\r\n")), "utf-8"],
  ])("%s gives the same text", (_, bytes, encoding) => {
    expect(decodePost(bytes)).toEqual({ text, encoding, unreadable: 0 });
  });

  test("UTF-16 without a mark is known by its NULs", () => {
    const english = "# Review\nwith many plain letters\n";
    expect(decodePost(Buffer.from(english, "utf16le"))).toMatchObject({
      text: english,
      encoding: "utf-16le",
    });
  });

  test("one broken byte doesn't turn a UTF-8 post into CP949", () => {
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xff]), Buffer.from(text)]);
    expect(decodePost(bytes)).toMatchObject({ encoding: "utf-8", unreadable: 1 });
  });
});
