/**
 * Real posts, broken at random: nothing crashes, places are exact, words are kept. `NONMUN_MUTATIONS=10000` runs the long
 * form, `NONMUN_SEED` another sequence.
 */
import type { Block, Post } from "@nonmun/core/model/paper";
import fc from "fast-check";
import { expect, test } from "vitest";
import { chunkPaper } from "../chunk/chunk-paper.ts";
import { decodePost } from "./decode.ts";
import { mutatedPosts, mutationRuns } from "./mutations-for-tests.ts";
import { readWithoutRendering } from "./read-for-tests.ts";

const { runs, seed } = mutationRuns(150);
const budget = { countTokens: (text: string) => Math.ceil(text.length / 2), maxTokens: 512 };

test(`${runs} mutated posts are read without a crash, with exact places and every word`, {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(mutatedPosts, async ({ path, bytes }) => {
      const post = await readWithoutRendering(path, bytes);
      const source = decodePost(bytes).text;
      expect(post.diagnostics.filter(({ code }) => code === "reader-failed")).toEqual([]);
      checkPlaces(post, source);
      checkIds(post);
      checkChunks(post);
    }),
    { numRuns: runs, seed },
  );
});

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
