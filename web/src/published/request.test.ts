/** A search as the address of a published page writes it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { requestOf } from "./request.ts";

const start = { text: "", filters: {}, sort: "relevance", limit: 10, offset: 0, explain: false };

test.each(["", "?", "?q=", "?unknown=1"])("%j asks for the first page of everything", (query) => {
  expect(requestOf(query)).toMatchObject(start);
});

test("a search by words still asks the glossary, which the mode of words alone leaves out", () => {
  expect(requestOf("?q=RL").mode).toBe("hybrid");
  expect(requestOf("?q=RL&mode=semantic").mode).toBe("hybrid");
});

test("words and filters are read, those that may be given again as lists", () => {
  const query =
    "?q=%EC%B6%94%EB%A1%A0+org%3Agoogle&org=google&org=microsoft&tag=vision&post=2025-10-29&from=2025-01-01&to=2025-12-31&sort=newest";
  expect(requestOf(query)).toMatchObject({
    text: "추론 org:google",
    filters: {
      org: ["google", "microsoft"],
      tag: ["vision"],
      post: "2025-10-29",
      from: "2025-01-01",
      to: "2025-12-31",
    },
    sort: "newest",
  });
});

test("an empty filter is none", () => {
  expect(requestOf("?q=a&org=&tag=&post=&from=&to=").filters).toEqual({});
});

test.each([
  ["30", 30],
  ["10", 10],
  ["5", 10],
  ["-1", 10],
  ["1.5", 10],
  ["abc", 10],
  ["", 10],
])("shown=%s shows %i results", (shown, limit) => {
  expect(requestOf(`?q=a&shown=${shown}`).limit).toBe(limit);
});

test.each(["oldest", "", "constructor"])(
  "the order %j is not known: the most relevant come first",
  (sort) => {
    expect(requestOf(`?q=a&sort=${sort}`).sort).toBe("relevance");
  },
);

test("a pasted page is cut to what a query may be", () => {
  expect(requestOf(`?q=${"가".repeat(5000)}`).text).toHaveLength(1000);
});

test("no address is an error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (query) => {
      const { text, limit } = requestOf(`?q=${query}&shown=${query}`);
      expect(text.length).toBeLessThanOrEqual(1000);
      expect(limit).toBeGreaterThanOrEqual(10);
    }),
  );
});
