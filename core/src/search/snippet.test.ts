/** The sentences that are shown of a paper, and the marks in them. */
import { describe, expect, test } from "vitest";
import type { Chunk, TokenVectors } from "../model/chunk.ts";
import { planQuery } from "./late-interaction.ts";
import { snippetOf } from "./snippet.ts";

const place = { line: 1, column: 1, offset: 0 };
const head = "제목\n";

function chunkOf(text: string): Chunk {
  return {
    id: "p#0",
    paperId: "p",
    postPath: "p.md",
    ordinal: 0,
    heading: ["제목"],
    anchor: "p",
    text,
    textStart: head.length,
    embedded: head + text,
    span: { start: place, end: place },
  };
}

/** Vectors of whole words: `near` gives the cosine of each word of `text` to the one word of the query. */
function evidenceFor(text: string, near: Readonly<Record<string, number>>) {
  const words = Object.keys(near).map((word) => ({ word, at: text.indexOf(word) + head.length }));
  const tokens: TokenVectors = {
    count: words.length,
    dimensions: 2,
    ids: new Int32Array(words.length),
    offsets: Uint32Array.from(words.flatMap(({ word, at }) => [at, at + word.length])),
    values: new Int8Array(2 * words.length),
    scale: 1,
  };
  const query: TokenVectors = {
    count: 1,
    dimensions: 2,
    ids: Int32Array.of(1),
    offsets: Uint32Array.of(0, 6),
    values: Int8Array.of(1, 0),
    scale: 1,
  };
  const plan = planQuery("visual", query, [], () => undefined, { documents: 9, frequencies: new Map() });
  return { plan, tokens, products: Float32Array.from(words, ({ word }) => near[word] ?? 0), count: 1 };
}

const marked = (snippet: ReturnType<typeof snippetOf>) =>
  snippet.marks.map((mark) => [snippet.text.slice(...mark.range), mark.kind]);

describe("snippet", () => {
  test("literal words are marked without their particle", () => {
    const snippet = snippetOf(chunkOf("모델의 추론에서의 오류"), "추론 오류", null);
    expect(marked(snippet)).toEqual([
      ["추론", "literal"],
      ["오류", "literal"],
    ]);
  });
  test("words of the same meaning are marked as such, with their strength", () => {
    const text = "이미지 기반 생각 능력";
    const snippet = snippetOf(
      chunkOf(text),
      "visual",
      evidenceFor(text, { 이미지: 0.44, 기반: 0.1, 능력: 0.05 }),
    );
    expect(marked(snippet)).toEqual([["이미지", "meaning"]]);
    expect(snippet.marks[0]?.strength).toBeCloseTo(0.44);
  });
  test("what is far from the best word of the chunk is not marked", () => {
    const text = "이미지 기반 생각";
    const snippet = snippetOf(chunkOf(text), "visual", evidenceFor(text, { 이미지: 0.8, 생각: 0.35 }));
    expect(marked(snippet)).toEqual([["이미지", "meaning"]]);
  });
  test("the passage that answers is shown, not the first one", () => {
    const text = `${"서론 문장이다. ".repeat(40)}\n시각 정보를 잠재 공간에서 다룬다.`;
    expect(snippetOf(chunkOf(text), "잠재 공간", null).text).toBe("…시각 정보를 잠재 공간에서 다룬다.");
  });
  test("a chunk without text gives an empty snippet", () => {
    expect(snippetOf(chunkOf(""), "추론", null)).toEqual({ text: "", ranges: [], marks: [] });
  });
});
