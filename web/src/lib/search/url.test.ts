/** The address and the state of the search are one thing in two forms. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  changed,
  emptySearch,
  parseSearch,
  type SearchState,
  searchHref,
  searchQuery,
  toggled,
  toggledYear,
  withSearch,
  yearOf,
} from "./url.ts";

const day = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const names = fc.uniqueArray(fc.string({ minLength: 1, unit: "grapheme" }), { maxLength: 3 });
const states: fc.Arbitrary<SearchState> = fc.record({
  q: fc.string({ maxLength: 40, unit: "grapheme" }),
  org: names,
  tag: names,
  post: fc.option(fc.string({ minLength: 1 })),
  from: fc.option(day),
  to: fc.option(day),
  sort: fc.constantFrom("relevance", "newest"),
  mode: fc.constantFrom("hybrid", "semantic", "lexical"),
  shown: fc.integer({ min: 1, max: 20 }).map((pages) => pages * 10),
  explain: fc.boolean(),
});

test("every state comes back from its address", () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(parseSearch(new URLSearchParams(searchQuery(state)))).toEqual(state);
    }),
  );
});

test("the empty search is the bare start page", () => {
  expect(searchHref(emptySearch)).toBe("/");
});

test("control characters of the address are shown as nothing, line ends as blanks", () => {
  const parameters = new URLSearchParams("q=%00그림%1B%0D%0A추론%7F&org=%00&org=g%00oogle&post=%00&tag=a%00");
  expect(parseSearch(parameters)).toEqual({ ...emptySearch, q: "그림 추론", org: ["google"], tag: ["a"] });
});

test("nonsense in the address takes its default and is no error", () => {
  const parameters = new URLSearchParams(
    "from=gestern&to=2025-1-1&sort=best&mode=magic&shown=-3&org=&org=google&org=google",
  );
  expect(parseSearch(parameters)).toEqual({ ...emptySearch, org: ["google"] });
});

test("a list grows to 200 at most, whatever the address says", () => {
  expect(parseSearch(new URLSearchParams("shown=999999")).shown).toBe(200);
  expect(parseSearch(new URLSearchParams("shown=13")).shown).toBe(20);
});

describe("filters", () => {
  test("a second press takes a value out again", () => {
    const once = toggled(emptySearch, "org", "네이버");
    expect(searchHref(once)).toBe("/?org=%EB%84%A4%EC%9D%B4%EB%B2%84");
    expect(toggled(once, "org", "네이버")).toEqual(emptySearch);
  });

  test("a year is its first to its last day", () => {
    const state = toggledYear(emptySearch, "2025");
    expect([state.from, state.to, yearOf(state)]).toEqual(["2025-01-01", "2025-12-31", "2025"]);
    expect(toggledYear(state, "2025")).toEqual(emptySearch);
  });

  test("a change begins again at the first page", () => {
    expect(changed({ ...emptySearch, shown: 50 }, { q: "추론" }).shown).toBe(10);
  });
});

test("a link to a passage carries the search before its anchor", () => {
  expect(withSearch("/papers/a/b#학습", searchQuery({ ...emptySearch, q: "c d" }))).toBe(
    "/papers/a/b?q=c+d#학습",
  );
  expect(withSearch("/papers/a/b", searchQuery(emptySearch))).toBe("/papers/a/b");
});
