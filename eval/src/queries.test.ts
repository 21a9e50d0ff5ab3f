/** Tests of reading queries: what is understood, and mistakes named by line. */
import { Failure } from "@nonmun/core/model/failure";
import { describe, expect, it } from "vitest";
import { parseQueries } from "./queries.ts";

const good =
  '{"id": "a", "query": "그림 그리며 추론", "lang": "ko", "relevant": {"2510.24514": 2, "x-1": 0}}';

it("reads queries with filters, blank lines, a byte order mark and Windows line ends", () => {
  const filtered = '{"id": "b", "query": "q", "lang": "en", "relevant": {}, "filters": {"org": "meta"}}';
  expect(parseQueries(`\ufeff${good}\r\n\r\n${filtered}\n`, "f.jsonl")).toEqual({
    name: "f.jsonl",
    queries: [
      { id: "a", query: "그림 그리며 추론", lang: "ko", relevant: { "2510.24514": 2 }, org: null },
      { id: "b", query: "q", lang: "en", relevant: {}, org: "meta" },
    ],
  });
});

describe("names the line of", () => {
  it.each([
    ["{cut", "not JSON"],
    ["[]", "not an object"],
    ['{"query": "q", "lang": "ko", "relevant": {}}', '"id"'],
    ['{"id": "b", "query": " ", "lang": "ko", "relevant": {}}', '"query"'],
    ['{"id": "b", "query": "q", "lang": "jp", "relevant": {}}', '"lang" must be one of ko, en, mixed, exact'],
    ['{"id": "b", "query": "q", "lang": "ko"}', '"relevant"'],
    ['{"id": "b", "query": "q", "lang": "ko", "relevant": {"x": 1.5}}', '"relevant"'],
    ['{"id": "b", "query": "q", "lang": "ko", "relevant": {}, "filters": {"tag": "x"}}', '"filters"'],
    ['{"id": "b", "query": "q", "lang": "ko", "relevant": {}, "filters": null}', '"filters"'],
    [good, "the id a is taken"],
  ])("%s", (line, problem) => {
    const read = () => parseQueries(`${good}\n\n${line}`, "f.jsonl");
    expect(read).toThrow(Failure);
    expect(read).toThrow("line 3: ");
    expect(read).toThrow(problem);
  });
});

it("names five problems and counts the rest", () => {
  expect(() => parseQueries("x\n".repeat(8), "f.jsonl")).toThrow(/line 5: .*; and 3 more\.$/u);
});

it("refuses an empty file", () => {
  expect(() => parseQueries("\n", "f.jsonl")).toThrow("holds no query");
});
