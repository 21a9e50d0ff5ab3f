/** A paper cut into chunks that fit the model and lose nothing. */
import type { Paper, Section } from "@nonmun/core/model/paper";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWithoutRendering } from "../markdown/read-for-tests.ts";
import { chunkPaper } from "./chunk-paper.ts";

/** One token a word and one for every eight letters of it: near what sub-word tokenizers do, and additive. */
const countTokens = (text: string): number =>
  text.split(/\s+/u).reduce((sum, word) => sum + (word === "" ? 0 : 1 + Math.floor(word.length / 8)), 0);
const budget = { countTokens, maxTokens: 128 };

async function paperOf(body: string): Promise<Paper> {
  const post = await readWithoutRendering(
    "p.mdx",
    `## [Mamba: 상태 공간](https://arxiv.org/abs/2312.00752)\n\n${body}`,
  );
  const [paper] = post.papers;
  if (paper === undefined) throw new Error("The post has no paper.");
  return paper;
}

const words = (count: number, word = "낱말"): string =>
  Array.from({ length: count }, (_, at) => `${word}${at}`).join(" ");

describe("chunkPaper", () => {
  test("a review that fits is one chunk, under its title", async () => {
    const chunks = chunkPaper(await paperOf("- 하나\n- 둘\n\n끝."), budget);
    expect(chunks).toMatchObject([
      { id: "p/mamba#0", embedded: "Mamba: 상태 공간\n하나\n둘\n끝.", text: "하나\n둘\n끝.", textStart: 13 },
    ]);
  });

  test("a paper without text is one chunk: its title", async () => {
    expect(chunkPaper(await paperOf(""), budget)).toMatchObject([{ embedded: "Mamba: 상태 공간", text: "" }]);
  });

  test("a section of some size is a chunk of its own, with its anchor and the path to it", async () => {
    const chunks = chunkPaper(await paperOf(`${words(40)}\n\n### 스케치 디코더\n\n${words(40)}`), budget);
    expect(chunks.map(({ anchor, heading }) => [anchor, heading.at(-1)])).toEqual([
      ["mamba-상태-공간", "Mamba: 상태 공간"],
      ["스케치-디코더", "스케치 디코더"],
    ]);
    expect(chunks[1]?.embedded.startsWith("Mamba: 상태 공간\n스케치 디코더\n")).toBe(true);
  });

  test("a template's heading is in the path and not in what is embedded", async () => {
    const [, chunk] = chunkPaper(await paperOf(`${words(40)}\n\n### 2. Conclusion\n\n${words(40)}`), budget);
    expect(chunk?.heading).toEqual(["Mamba: 상태 공간", "2. Conclusion"]);
    expect(chunk?.embedded).not.toContain("Conclusion");
  });

  test("a small section is packed with the one before it, with its heading as a line", async () => {
    const chunks = chunkPaper(await paperOf("가\n\n### 한계점 둘\n\n나"), budget);
    expect(chunks.map(({ text }) => text)).toEqual(["가\n한계점 둘\n나"]);
  });

  test("blocks are kept whole while they fit, without overlap", async () => {
    const chunks = chunkPaper(await paperOf(`${words(60, "가")}\n\n${words(60, "나")}`), budget);
    expect(chunks.map(({ text }) => text)).toEqual([words(60, "가"), words(60, "나")]);
  });

  test("a paragraph over the budget is cut between sentences, and pieces overlap", async () => {
    const sentences = Array.from({ length: 12 }, (_, at) => `${words(10, `s${at}x`)}.`);
    const chunks = chunkPaper(await paperOf(sentences.join(" ")), budget);
    expect(chunks.length).toBeGreaterThan(1);
    for (const { text } of chunks) expect(text.endsWith(".")).toBe(true);
    const last = chunks[0]?.text.split(". ").at(-1) ?? "";
    expect(chunks[1]?.text).toContain(last);
  });

  test("each piece of a cut paragraph has its own place, exact to the character, markup left aside", async () => {
    const sentences = Array.from(
      { length: 30 },
      (_, at) => `**용어${at}(Term)**는 a &lt; b 이고 \\*별\\* \`코드\`다.`,
    );
    const body = `> ${sentences.slice(0, 15).join("\n> ")}\n> ${sentences.slice(15).join(" ")}`;
    const chunks = chunkPaper(await paperOf(body), budget);
    const source = `## [Mamba: 상태 공간](https://arxiv.org/abs/2312.00752)\n\n${body}`;
    expect(chunks.length).toBeGreaterThan(2);
    for (const { text, span } of chunks) {
      const plain = source
        .slice(span.start.offset, span.end.offset)
        .replaceAll("&lt;", "<")
        .replace(/[*`\\]|\n>/gu, "");
      expect(plain).toBe(text.replaceAll("*", ""));
      expect(source.slice(0, span.start.offset).split("\n").length).toBe(span.start.line);
    }
    const [first, second] = chunks;
    expect(second?.span.start.offset).toBeLessThan(first?.span.end.offset ?? 0);
  });

  test("a footnote, wherever it is defined, doesn't stretch the place of the chunk that it is in", async () => {
    const [chunk] = chunkPaper(await paperOf("글[^1].\n\n[^1]: 각주"), budget);
    expect(chunk?.text).toBe("글.\n각주");
    expect([chunk?.span.start.line, chunk?.span.end.line]).toEqual([3, 3]);
  });

  test("a row of a table carries its header into whichever chunk it falls", async () => {
    const rows = Array.from({ length: 40 }, (_, at) => `| 방법${at} | ${at} |`).join("\n");
    const chunks = chunkPaper(await paperOf(`| 이름 | 점수 |\n|---|---|\n${rows}`), budget);
    expect(chunks.length).toBeGreaterThan(1);
    for (const { text } of chunks) expect(text).toMatch(/^이름: 방법\d+ \| 점수: \d+/u);
  });

  test("a title longer than the budget is cut for the heading and kept as text", async () => {
    const paper = { ...(await paperOf("본문")), title: words(300) };
    const chunks = chunkPaper({ ...paper, sections: renamed(paper.sections, paper.title) }, budget);
    const all = chunks.map(({ embedded }) => embedded).join(" ");
    for (const word of paper.title.split(" ")) expect(all).toContain(word);
    for (const { embedded } of chunks) expect(countTokens(embedded)).toBeLessThanOrEqual(budget.maxTokens);
  });

  test("whatever the blocks: every word is kept, no chunk is over the budget, text is where it should be", async () => {
    const paper = await paperOf("본문");
    const text = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (sections) => {
        const blocks = sections.map((texts, at) => sectionOf(paper, texts, at));
        const chunks = chunkPaper({ ...paper, sections: blocks }, budget);
        const all = chunks.map((chunk) => chunk.text).join("\n");
        const squeezed = all.replace(/\s+/gu, "");
        for (const word of sections.flat(2).join(" ").split(/\s+/u)) {
          if (word.length < 40) expect(squeezed).toContain(word);
        }
        for (const [ordinal, chunk] of chunks.entries()) {
          expect(chunk.ordinal).toBe(ordinal);
          expect(chunk.embedded.slice(chunk.textStart)).toBe(chunk.text);
          expect(countTokens(chunk.embedded)).toBeLessThanOrEqual(budget.maxTokens);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("tokens are counted about once for each word, however long the paper", async () => {
    const paper = await paperOf(Array.from({ length: 200 }, () => words(200)).join("\n\n"));
    let counted = 0;
    const counting = (text: string): number => {
      counted += text.length;
      return countTokens(text);
    };
    chunkPaper(paper, { ...budget, countTokens: counting });
    const length = paper.sections
      .flatMap(({ blocks }) => blocks)
      .reduce((sum, { text }) => sum + text.length, 0);
    expect(counted).toBeLessThan(length * 5);
  });
});

function renamed(sections: readonly Section[], title: string): readonly Section[] {
  return sections.map((section) => ({ ...section, heading: [title, ...section.heading.slice(1)] }));
}

function sectionOf(paper: Paper, texts: readonly string[], at: number): Section {
  const blocks = texts.map((text) => ({
    kind: "paragraph" as const,
    text: text.replace(/\s+/gu, " ").trim(),
    span: paper.span,
  }));
  const heading = at === 0 ? [paper.title] : [paper.title, `절 ${at}`];
  return { heading, anchor: `s${at}`, span: paper.span, blocks: blocks.filter(({ text }) => text !== "") };
}
