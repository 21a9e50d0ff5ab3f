/** Reading what a person typed: never fails, keeps what it can't read as text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filtersOf, isListing, parseQuery } from "./query.ts";

describe("query", () => {
  test("operators are taken out of the text", () => {
    const query = parseQuery('시각 추론 org:google tag:"long context" after:2025-10-01 before:2025 -게임');
    expect(query).toMatchObject({
      text: "시각 추론",
      orgs: ["google"],
      tags: ["long context"],
      from: "2025-10-01",
      to: "2025-12-31",
      excluded: ["게임"],
    });
  });
  test("a quoted phrase is a phrase and part of the text", () => {
    expect(parseQuery("“test-time scaling” 논문")).toMatchObject({
      phrases: ["test-time scaling"],
      text: "test-time scaling 논문",
    });
  });
  test("a month is read as its first and last day", () => {
    expect(parseQuery("after:2024-02 before:2024-02")).toMatchObject({
      from: "2024-02-01",
      to: "2024-02-29",
    });
  });
  test.each([
    ["GPT-4 성능", "GPT-4 성능"],
    ["a - b", "a - b"],
    ["after:soon", "after:soon"],
    ["before:2025-02-30", "before:2025-02-30"],
    ["org:", "org:"],
    ['"열린 따옴표', '"열린 따옴표'],
    ["-", "-"],
  ])("what is no operator stays text: %s", (typed, text) => expect(parseQuery(typed).text).toBe(text));
  test.each([
    "2510.24514",
    "arXiv:2510.24514v2",
    "arxiv: 2510.24514",
    "https://arxiv.org/abs/2510.24514",
    "https://arxiv.org/pdf/2510.24514v1.pdf",
    "huggingface.co/papers/2510.24514",
    "10.48550/arXiv.2510.24514",
    "https://doi.org/10.48550/arXiv.2510.24514",
    "２５１０.２４５１４",
  ])("an arXiv id in any form: %s", (typed) => {
    expect(parseQuery(typed)).toMatchObject({ arxivIds: ["2510.24514"], text: "" });
  });
  test.each(['"2510.24514"', "“arXiv:2510.24514v2”", '"https://arxiv.org/abs/2510.24514"'])(
    "an arXiv id in quotes is meant as one: %s",
    (typed) => {
      expect(parseQuery(typed)).toMatchObject({ arxivIds: ["2510.24514"], phrases: [], text: "" });
    },
  );
  test("a quoted phrase that holds an id is a phrase", () => {
    expect(parseQuery('"as in 2510.24514"').phrases).toEqual(["as in 2510.24514"]);
  });
  test.each(["agent\u00AD", "a\u200Bge\u200Dnt", "\uFEFFagent", "ag\0ent\u001B", "\u202Eagent\u202C"])(
    "what is invisible was pasted, not typed: %j",
    (typed) => expect(parseQuery(typed)).toMatchObject({ raw: "agent", text: "agent" }),
  );
  test("a line end between words stays a blank", () => {
    expect(parseQuery("시각\n추론\tagent").text).toBe("시각 추론 agent");
  });
  test.each(['""', "-", "*", "(((", '"-"', "“…”", "\0", "\u200B", "-추론", "org:google -scaling"])(
    "%j asks for a list",
    (typed) => expect(isListing(parseQuery(typed))).toBe(true),
  );
  test.each(["C", "7", "🚀", '"R"', "2510.24514", "∑x"])("%j asks for something", (typed) =>
    expect(isListing(parseQuery(typed))).toBe(false),
  );
  test("an old arXiv id, a DOI and an address", () => {
    expect(parseQuery("cs.CL/0703001").arxivIds).toEqual(["cs.cl/0703001"]);
    expect(parseQuery("doi:10.1145/582415.582418.")).toMatchObject({ dois: ["10.1145/582415.582418"] });
    expect(parseQuery("see https://www.Example.org/a/#b").urls).toEqual(["example.org/a"]);
  });
  test.each(["version 3.14159", "13.2", "2513.12345", "1.2510.24514"])("%s is no arXiv id", (typed) => {
    expect(parseQuery(typed).arxivIds).toEqual([]);
  });
  test("decomposed input equals composed input", () => {
    expect(parseQuery("추론 -게임".normalize("NFD"))).toEqual(parseQuery("추론 -게임"));
  });
  test("nothing but filters asks for a list", () => {
    expect([
      isListing(parseQuery(" ")),
      isListing(parseQuery("org:x")),
      isListing(parseQuery("2510.24514")),
    ]).toEqual([true, true, false]);
  });
  test.each([
    ["추론 after:2025-99-99", ["after:2025-99-99"]],
    ["before:x", ["before:x"]],
    ["after:", ["after:"]],
    ["RL before: after:soon", ["before:", "after:soon"]],
    ["after:2025-10", []],
    ["from: Kim", []],
    ['"after: all"', []],
  ])("%j has no date in %j, and keeps it as text", (typed, undated) => {
    const query = parseQuery(typed);
    expect([...query.undated].sort()).toEqual([...undated].sort());
    for (const word of undated) expect(query.text).toContain(word);
  });
  test("nothing typed is an error", () => {
    const odd = fc.string({
      unit: fc.constantFrom(
        '"',
        "-",
        "org:",
        ":",
        " ",
        "가",
        "a",
        "\u0000",
        "after:",
        "2510.1",
        "http://",
        "(",
      ),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), odd), (typed) => {
        expect(typeof parseQuery(typed).text).toBe("string");
      }),
    );
  });
});

describe("filters", () => {
  const resolve = (name: string) => [name];
  test("orgs of the address and of the query are any of them, of two dates the narrower", () => {
    const query = parseQuery("org:Google after:2025-01-01 before:2025-12-31");
    expect(filtersOf(query, { org: ["microsoft"], from: "2025-03-01", to: "2026-01-01" }, resolve)).toEqual({
      orgs: ["microsoft", "google"],
      from: "2025-03-01",
      to: "2025-12-31",
    });
  });
  test("no condition, no field", () => expect(filtersOf(parseQuery("추론"), {}, resolve)).toEqual({}));
});
