/** A published page promises words, not meaning, in both languages. */
import { expect, test } from "vitest";
import { i18nOf } from "./i18n.ts";

/** What pages say of the search as a whole; of a search's state they say nothing, for results are drawn elsewhere. */
function promises(locale: "ko" | "en", isPublished: boolean): readonly string[] {
  const { t } = i18nOf(locale, isPublished);
  return [t.tagline, t.description, t.search.placeholder, t.welcome.lead];
}

const meaning = /뜻|개념|meaning|concept/iu;

test.each(["ko", "en"] as const)(
  "the served pages promise meaning, the published ones do not (%s)",
  (locale) => {
    expect(promises(locale, false).filter((text) => !meaning.test(text))).toEqual([]);
    expect(promises(locale, true).filter((text) => meaning.test(text))).toEqual([]);
  },
);

test("the rest is the same, in the same language", () => {
  expect(i18nOf("ko", true).t.nav).toEqual(i18nOf("ko", false).t.nav);
  expect(i18nOf("en", true).t.welcome.title).toBe(i18nOf("en", false).t.welcome.title);
});

test("a picture that nothing moves names no keys", () => {
  expect(i18nOf("en", true).t.map.picture(1)).toBe("Map of 1 paper. The same papers are in the table below.");
  expect(i18nOf("ko", true).t.map.picture(5)).not.toContain("Enter");
});
