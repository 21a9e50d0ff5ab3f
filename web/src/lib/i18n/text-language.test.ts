/** The language of a text is that of its sentences, not of its terms. */
import { expect, test } from "vitest";
import { languageOf } from "./text-language.ts";

test.each([
  ["MLLM의 reasoning을 visual latent token으로 elicit하는 framework", "ko"],
  ["Latent Sketchpad: Sketching Visual Thoughts", "en"],
  ["논문", "ko"],
  ["2510.24514 (2025)", null],
  ["", null],
])("%s", (text, language) => {
  expect(languageOf(text)).toBe(language);
});
