/** The language of a text is that of its sentences, not of its terms. */
import { expect, test } from "vitest";
import { languageOf, languageOfHtml } from "./text-language.ts";

test.each([
  ["MLLM의 reasoning을 visual latent token으로 elicit하는 framework", "ko"],
  ["Latent Sketchpad: Sketching Visual Thoughts", "en"],
  ["논문", "ko"],
  ["2510.24514 (2025)", null],
  ["", null],
])("%s", (text, language) => {
  expect(languageOf(text)).toBe(language);
});

test("tags and code have no say in the language of a page", () => {
  const code = `<pre><code>${"const answer = 42;\n".repeat(50)}</code></pre>`;
  expect(languageOfHtml(`<p class="a long name of a class">학습한다.</p>${code}`)).toBe("ko");
  expect(languageOfHtml("<p>A review in English.</p>")).toBe("en");
});
