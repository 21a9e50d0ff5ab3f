/** Tests of marks and wrapping, where Hangul takes two columns. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { styleFor, widthOf, wrapText } from "./style.ts";

describe("marks", () => {
  it("are written on a terminal, and nowhere else", () => {
    expect(styleFor({ isTTY: true }, undefined).bold("글")).toBe("\u001b[1m글\u001b[22m");
    expect(styleFor({ isTTY: true }, "").dim("글")).toBe("\u001b[2m글\u001b[22m");
    expect(styleFor({ isTTY: false }, undefined).bold("글")).toBe("글");
    expect(styleFor({}, undefined).dim("글")).toBe("글");
  });
  it("are switched off by NO_COLOR", () => {
    expect(styleFor({ isTTY: true }, "1").bold("글")).toBe("글");
  });
});

it("counts two columns for Hangul, Han, kana and full-width forms, none for marks", () => {
  expect(["abc", "논문", "論文", "かな", "Ａ！", "논문 ab"].map(widthOf)).toEqual([3, 4, 4, 4, 4, 7]);
  expect(widthOf("\u001b[1m논문\u001b[22m")).toBe(4);
  expect(["논문", "é"].map((text) => widthOf(text.normalize("NFD")))).toEqual([4, 1]);
});

describe("wrapping", () => {
  it("breaks at blanks, by columns and not by characters", () => {
    expect(wrapText("그림을 그리며 추론한다", 13, "")).toBe("그림을 그리며\n추론한다");
    expect(wrapText("abc def", 6, "  ")).toBe("  abc\n  def");
  });
  it("keeps a word that is wider than the line, and line breaks", () => {
    expect(wrapText("a 멀티모달추론 b", 6, "")).toBe("a\n멀티모달추론\nb");
    expect(wrapText("하나\n둘", 40, "> ")).toBe("> 하나\n> 둘");
  });
  it("loses no word, and makes no line of several words too wide", () => {
    const word = fc.constantFrom("논문", "a", "reasoning", "그림을", "멀티모달");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 5, max: 30 }), (words, columns) => {
        const lines = wrapText(words.join(" "), columns, "").split("\n");
        expect(lines.join(" ").split(" ")).toEqual(words);
        for (const line of lines) if (line.includes(" ")) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
