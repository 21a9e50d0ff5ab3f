/** Words of Korean and English text, and their ranges in the text as given. */
import { describe, expect, test } from "vitest";
import { squeeze, wordsOf } from "./words.ts";

const shown = (text: string) => wordsOf(text).map((word) => word.folded);

describe("words", () => {
  test("a particle glued to an English term is a word of its own", () => {
    expect(shown("LLM의 추론에서")).toEqual(["llm", "의", "추론에서"]);
  });
  test("full-width, decomposed and upper-case input equal their plain forms", () => {
    expect(shown("ＬＬＭ")).toEqual(["llm"]);
    expect(shown("추론".normalize("NFD"))).toEqual(shown("추론"));
  });
  test("ranges are those of the text as given", () => {
    const text = "😀 시각 reasoning!";
    for (const word of wordsOf(text)) expect(text.slice(...word.range).toLowerCase()).toBe(word.folded);
  });
  test("an invisible character within a word neither ends it nor is part of its compared form", () => {
    const text = "a\u200Bgent 추\u200C론 self\u00ADplay";
    expect(shown(text)).toEqual(["agent", "추론", "selfplay"]);
    expect(wordsOf(text).map(({ range }) => text.slice(...range))).toEqual(text.split(" "));
    expect(squeeze("\uFEFFa\u0000gent")).toBe("agent");
  });
  test("digits stay with their Latin name, punctuation is no word", () => {
    expect(shown("Qwen3-VL, 2!")).toEqual(["qwen3", "vl", "2"]);
  });
  test("Han and Greek letters are words too", () => {
    expect(shown("論文 α-학습")).toEqual(["論文", "α", "학습"]);
  });
  test("squeezed forms don't know blanks and hyphens", () => {
    expect(squeeze("Self-Play")).toBe(squeeze("selfplay"));
    expect(squeeze("시각 잠재 추론")).toBe(squeeze("시각잠재추론"));
  });
});
