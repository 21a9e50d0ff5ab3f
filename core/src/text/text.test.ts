/** Korean particles, edit distance, Hangul taken apart, and the sound of words. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, forgiven } from "./edit-distance.ts";
import { asHangulKeys, asLatinKeys, initialsOf, isInitials } from "./hangul.ts";
import { fold } from "./normalize.ts";
import { stemOf } from "./particles.ts";
import { soundLikeness, soundsOfHangul, soundsOfLatin, spelledOut } from "./pronunciation.ts";

describe("the compared form", () => {
  test("has nothing invisible, and line ends and tabs as blanks", () => {
    expect(fold("\uFEFFA\u00ADgent\u200B\0 추\u200D론\r\n\tＬＬＭ ")).toBe("agent 추론 llm");
  });
});

describe("particles", () => {
  test.each([
    ["추론에서의", "추론"],
    ["모델을", "모델"],
    ["논문으로부터", "논문"],
    ["학습하는", "학습"],
    ["추론", "추론"],
    ["나이", "나이"],
  ])("%s is a form of %s", (word, stem) => expect(stemOf(word)).toBe(stem));
});

describe("edit distance", () => {
  test.each([
    ["skechpad", "sketchpad", 1],
    ["thinkng", "thinking", 1],
    ["datset", "dataset", 1],
    ["lantet", "latent", 2],
    ["ab", "ba", 1],
  ])("%s and %s are %i apart", (one, other, distance) => expect(editDistance(one, other, 3)).toBe(distance));
  test("is symmetrical, and zero only for the same word", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "가", "나"), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        const distance = editDistance(one, other, 9);
        expect(distance).toBe(editDistance(other, one, 9));
        expect(distance === 0).toBe(one === other);
      }),
    );
  });
  test("stops above the limit", () => expect(editDistance("abcdef", "uvwxyz", 2)).toBe(3));
  test("short words are forgiven nothing", () => {
    expect([forgiven(3), forgiven(4), forgiven(8)]).toEqual([0, 1, 2]);
  });
});

describe("Hangul", () => {
  test("initials of syllables, other letters as they are", () => {
    expect(initialsOf("트랜스포머 GPT")).toBe("ㅌㄹㅅㅍㅁ GPT");
    expect(initialsOf("트랜스포머".normalize("NFD"))).toBe("ㅌㄹㅅㅍㅁ");
  });
  test("single consonants alone are initials", () => {
    expect([isInitials("ㅌㄹㅅ"), isInitials("ㅌ 라"), isInitials(" "), isInitials("ㅏ")]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
  test("the other keyboard layout, both ways", () => {
    expect(asHangulKeys("cnfhs")).toBe("추론");
    expect(asLatinKeys("ㄱㄷㅁ내ㅜㅑㅜㅎ")).toBe("reasoning");
  });
  test("keys that make no Hangul stay as they are", () => {
    expect(asHangulKeys("metaphor")).toBe("metaphor");
  });
});

describe("pronunciation", () => {
  const alike = (hangul: string, latin: string) =>
    soundLikeness(soundsOfHangul(hangul), soundsOfLatin(latin));
  test.each([
    ["트랜스포머", "transformer"],
    ["라마", "llama"],
    ["허깅페이스", "huggingface"],
    ["모던버트", "modernbert"],
    ["미스트랄", "mistral"],
    ["엔비디아", "nvidia"],
  ])("%s sounds like %s", (hangul, latin) => expect(alike(hangul, latin)).toBeGreaterThan(0.84));
  test.each([
    ["추론", "churn"],
    ["정렬", "journal"],
    ["문제", "mooney"],
    ["시각", "sigma"],
  ])("%s does not sound like %s", (hangul, latin) => expect(alike(hangul, latin)).toBeLessThan(0.75));
  test("letters spelled out by their names", () => {
    expect(spelledOut("엘엘엠")).toBe("llm");
    expect(spelledOut("지피티")).toBe("gpt");
    expect(spelledOut("모델")).toBeNull();
  });
});
