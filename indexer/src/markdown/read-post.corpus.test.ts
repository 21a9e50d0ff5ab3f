/** Reads the shared corpora and prints what was found of them. Skipped, and says so, when they are not beside the repository. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Post } from "@nonmun/core/model/paper";
import { describe, expect, test } from "vitest";
import { chunkPaper } from "../chunk/chunk-paper.ts";
import { lostWords } from "./kept-words.ts";
import { readWithoutRendering } from "./read-for-tests.ts";
import { isTemplateHeading } from "./template-headings.ts";

const corpora = join(import.meta.dirname, "../../../../shared/corpus");
const there = existsSync(corpora);
if (!there) console.warn(`SKIPPED: the corpora are not at ${corpora}, so recall was not measured.`);
const budget = { countTokens: (text: string) => Math.ceil(text.length / 2), maxTokens: 512 };

interface Expected {
  readonly id: string;
  readonly title: string;
  readonly date: string;
  readonly path: string;
  readonly org?: readonly string[];
  readonly section?: string;
  readonly url?: string;
}

describe.skipIf(!there)("the shared corpora", () => {
  test.each([
    ["ko-notes", 921],
    ["en-daily", 467],
  ])("%s: every one of its %i papers is found, with every field", async (name, size) => {
    const expected = expectedOf(name);
    const posts = await readAll(name);
    const papers = posts.flatMap(({ post }) => post.papers).filter(({ kind }) => kind === "paper");
    const wrong = expected.filter((wanted) => !papers.some((paper) => matches(paper, wanted)));
    console.log(`${name}: ${expected.length - wrong.length}/${size} papers with all fields`);
    expect(expected).toHaveLength(size);
    expect(wrong).toEqual([]);
    expect(papers).toHaveLength(size);
  });

  test.each(["ko-notes", "en-daily", "wild"])("%s: every word is in some chunk", async (name) => {
    const posts = await readAll(name);
    const lost = posts.flatMap(({ post, source }) => {
      const chunks = post.papers.flatMap((paper) => chunkPaper(paper, budget));
      return lostWords(source, post, chunks)
        .filter((word) => !isLabel(word))
        .map((word) => `${post.path}: ${word}`);
    });
    console.log(`${name}: ${lost.length} words lost in ${posts.length} posts`);
    expect(lost).toEqual([]);
  });

  test("wild: 23 of the 25 posts are known as reviews of a paper and the others as notes", async () => {
    const posts = await readAll("wild");
    const kinds = posts.map(({ post }) => post.papers.map(({ kind }) => kind).join());
    expect(kinds.filter((kind) => kind === "paper").length).toBeGreaterThanOrEqual(23);
    expect(kinds.every((kind) => kind === "paper" || kind === "note")).toBe(true);
  });
});

function matches(paper: Post["papers"][number], wanted: Expected): boolean {
  const title = paper.subtitle === null ? paper.title : `${paper.title}: ${paper.subtitle}`;
  return (
    paper.postPath === wanted.path &&
    title === wanted.title &&
    paper.date === wanted.date &&
    (wanted.id.startsWith("x-") || paper.arxivId === wanted.id) &&
    (wanted.url === undefined || paper.url === wanted.url) &&
    (wanted.org === undefined || JSON.stringify(paper.orgs) === JSON.stringify(wanted.org)) &&
    (wanted.section === undefined || paper.anchor === wanted.section)
  );
}

/** Words of column names, link labels and the headings of templates, which say nothing of a paper. */
function isLabel(word: string): boolean {
  return (
    isTemplateHeading(word) ||
    ["title", "read", "or", "huggingface", "table", "of", "related", "work", "4"].includes(word)
  );
}

async function readAll(name: string): Promise<readonly { readonly post: Post; readonly source: string }[]> {
  const folder = join(corpora, name);
  const files = readdirSync(folder).filter((file) => /\.mdx?$/u.test(file));
  return Promise.all(
    files.map(async (file) => {
      const bytes = readFileSync(join(folder, file));
      return { post: await readWithoutRendering(file, bytes), source: bytes.toString("utf8") };
    }),
  );
}

function expectedOf(name: string): readonly Expected[] {
  const lines = readFileSync(join(corpora, name, "papers.jsonl"), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as Expected);
}
