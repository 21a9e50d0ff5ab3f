/** Both languages say everything. */
import { expect, test } from "vitest";
import { en } from "./en.ts";
import { ko } from "./ko.ts";
import { chooseLocale } from "./locale.ts";

function leaves(value: unknown, path = ""): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`));
}

test("Korean and English have the same messages, none of them empty, functions where functions are", () => {
  const kinds = (table: object) => leaves(table).map(([path, value]) => [path, typeof value]);
  expect(kinds(ko)).toEqual(kinds(en));
  expect(leaves(ko).filter(([, value]) => value === "")).toEqual([]);
});

test("every Korean sentence is Korean", () => {
  const sentences = leaves(ko).flatMap(([path, value]) =>
    typeof value === "string" && value.includes(" ") ? [[path, value] as const] : [],
  );
  const untranslated = sentences
    .filter(([, value]) => !/\p{Script=Hangul}/u.test(value))
    .map(([path]) => path);
  // Names, keys and the switch to English stay as they are.
  expect(untranslated).toEqual([
    "/language/en",
    "/paper/huggingFace",
    "/shortcuts/rows/1/0",
    "/shortcuts/rows/2/0",
  ]);
});

test.each([
  [undefined, "ko-KR,ko;q=0.9,en;q=0.8", "ko"],
  [undefined, "en-GB,en;q=0.9,ko;q=0.8", "en"],
  [undefined, "de,ko;q=0.5,en;q=0.7", "en"],
  [undefined, "fr", "en"],
  [undefined, "ko;q=0, en;q=0.1", "en"],
  [undefined, null, "ko"],
  ["en", "ko-KR", "en"],
  ["xx", "ko-KR", "ko"],
])("remembered %s and accepted %s choose %s", (remembered, accepted, locale) => {
  expect(chooseLocale(remembered, accepted)).toBe(locale);
});
