/**
 * Real posts, broken at random: nothing crashes, places are exact, words are kept. `NONMUN_MUTATIONS=10000` runs the long
 * form, `NONMUN_SEED` another sequence.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Block, Post } from "@nonmun/core/model/paper";
import fc from "fast-check";
import { expect, test } from "vitest";
import { chunkPaper } from "../chunk/chunk-paper.ts";
import { decodePost } from "./decode.ts";
import { readWithoutRendering } from "./read-for-tests.ts";

const runs = Number(process.env.NONMUN_MUTATIONS ?? 150);
const seed = Number(process.env.NONMUN_SEED ?? 20251029);
const budget = { countTokens: (text: string) => Math.ceil(text.length / 2), maxTokens: 512 };

const fixtures = join(import.meta.dirname, "fixtures");
const corpora = join(import.meta.dirname, "../../../../shared/corpus");
const folders = [fixtures, ...["ko-notes", "en-daily", "wild"].map((name) => join(corpora, name))].filter(
  existsSync,
);
const posts = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.mdx?$/u.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8").slice(0, 12_000) })),
);

/** What breaks Markdown, MDX, tables, math, front matter and Unicode. */
const breakers = [
  ..."<>{}[]()`*_~$|#\\\"'-+:&!=".split(""),
  "```",
  "$$",
  ":::",
  "---\n",
  "\n\n",
  "\n# ",
  "\n| ",
  "\n> ",
  "<div>",
  "</div>",
  "<!--",
  "{/*",
  "<br>",
  "](",
  "[^1]",
  "\n[a]: x",
  "&#x0;",
  "\u0000",
  "\uFEFF",
  "\u1112\u1161\u11ab",
  "\uD83D",
  "가",
  "\r\n",
  "import a from 'b'\n",
  "{#id}",
  "https://arxiv.org/abs/2510.24514",
];

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200 })),
  put: fc.array(fc.constantFrom(...breakers), { maxLength: 4 }),
});

test(`${runs} mutated posts are read without a crash, with exact places and every word`, {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...posts),
      fc.constantFrom("md", "mdx"),
      fc.array(mutation, { minLength: 1, maxLength: 6 }),
      async ({ text }, extension, mutations) => {
        const bytes = new TextEncoder().encode(mutations.reduce(mutate, text));
        const post = await readWithoutRendering(`p.${extension}`, bytes);
        const source = decodePost(bytes).text;
        expect(post.diagnostics.filter(({ code }) => code === "reader-failed")).toEqual([]);
        checkPlaces(post, source);
        checkIds(post);
        checkChunks(post);
      },
    ),
    { numRuns: runs, seed },
  );
});

interface Mutation {
  readonly at: number;
  readonly cut: number;
  readonly put: readonly string[];
}

function mutate(text: string, { at, cut, put }: Mutation): string {
  const offset = Math.floor(at * text.length);
  return text.slice(0, offset) + put.join("") + text.slice(offset + cut);
}

/** Every span lies in the text, its line and column agree with its offset, and a block's first word stands inside it. */
function checkPlaces(post: Post, source: string): void {
  const blocks = post.papers.flatMap(({ sections }) => sections.flatMap((section) => section.blocks));
  const spans = [
    ...blocks.map(({ span }) => span),
    ...post.papers.map(({ span }) => span),
    ...post.diagnostics.map(({ span }) => span),
  ];
  for (const { start, end } of spans) {
    expect(start.offset).toBeLessThanOrEqual(end.offset);
    expect(end.offset).toBeLessThanOrEqual(source.length);
    for (const { line, column, offset } of [start, end]) {
      expect(source.slice(0, offset).split("\n").length).toBe(line);
      expect(offset - source.slice(0, offset).lastIndexOf("\n")).toBe(column);
    }
  }
  for (const block of blocks) checkRuns(block, source);
  for (const { text, span, kind } of blocks) {
    const [word] = /[가-힣]{2,}/u.exec(text) ?? [];
    if (word === undefined || kind === "row" || /[&\\*_~`[\]{}<>|:]/u.test(text)) continue;
    // A citation may stand within a word, and its label may be Korean.
    const inside = source.slice(span.start.offset, span.end.offset).replace(/\[\^[^\]]*\]|[^가-힣]+/gu, "");
    expect(inside).toContain(word);
  }
}

/** Runs stand in order within their block, and what is verbatim is the same in the source. */
function checkRuns({ text, span, runs = [] }: Block, source: string): void {
  let before = 0;
  for (const { range, span: stands, verbatim } of runs) {
    const [start, end] = [stands.start.offset, stands.end.offset];
    expect(range[0]).toBeGreaterThanOrEqual(before);
    before = range[1];
    expect(start).toBeGreaterThanOrEqual(span.start.offset);
    expect(end).toBeLessThanOrEqual(span.end.offset);
    if (!verbatim) continue;
    const inSource = source.slice(start, end).replaceAll("\t", " ").replaceAll("\0", "\uFFFD");
    expect(inSource).toBe(text.slice(range[0], range[1]).replaceAll("\t", " "));
  }
}

function checkIds(post: Post): void {
  const ids = post.papers.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
}

function checkChunks(post: Post): void {
  for (const paper of post.papers) {
    const chunks = chunkPaper(paper, budget);
    const kept = chunks
      .map(({ text }) => text)
      .join("")
      .replace(/\s+/gu, "");
    expect(chunks.length).toBeGreaterThan(0);
    for (const { text } of paper.sections.flatMap(({ blocks }) => blocks)) {
      for (const word of text.split(/\s+/u)) if (word.length < 80) expect(kept).toContain(word);
    }
  }
}
