/** Reads the shared corpora and prints what was found of them. Skipped, and says so, when they are not beside the repository. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Paper, Post } from "@nonmun/core/model/paper";
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
    const found = expected.flatMap((wanted) => {
      const paper = papers.find((each) => each.postPath === wanted.path && titleOf(each) === wanted.title);
      return paper === undefined ? [] : [{ wanted, right: rightFields(paper, wanted) }];
    });
    const recall = fields.flatMap((field) => {
      const known = found.filter(({ right }) => right[field] !== null);
      const right = known.filter((each) => each.right[field] === true);
      return known.length === 0 ? [] : [`${field} ${share(right.length, known.length)}`];
    });
    console.log(
      `${name}: papers with their title ${share(found.length, size)}; of these ${recall.join(", ")}`,
    );
    expect(expected).toHaveLength(size);
    expect(found).toHaveLength(size);
    expect(found.filter(({ right }) => Object.values(right).includes(false))).toEqual([]);
    expect(papers).toHaveLength(size);
  });

  test.each(["ko-notes", "en-daily", "wild"])("%s: every word is in some chunk", async (name) => {
    const posts = await readAll(name);
    const words = posts.map(({ post, source }) => {
      const chunks = post.papers.flatMap((paper) => chunkPaper(paper, budget));
      return { path: post.path, ...lostWords(source, post, chunks) };
    });
    const all = words.reduce((sum, each) => sum + each.all, 0);
    const missing = words.flatMap(({ path, lost }) => lost.map((word) => ({ path, word })));
    const lost = missing.filter(({ word }) => !isLabel(word));
    const labels = [...new Set(missing.map(({ word }) => word).filter(isLabel))];
    const explained =
      labels.length === 0
        ? ""
        : `; labels and column names that are no words of a paper: ${labels.join(", ")}`;
    console.log(
      `${name}: words in some chunk ${share(all - missing.length, all)} of ${posts.length} posts${explained}`,
    );
    expect(lost).toEqual([]);
  });

  test("wild: 23 of the 25 posts are known as reviews of a paper and the others as notes", async () => {
    const posts = await readAll("wild");
    const kinds = posts.map(({ post }) => post.papers.map(({ kind }) => kind).join());
    expect(kinds.filter((kind) => kind === "paper").length).toBeGreaterThanOrEqual(23);
    expect(kinds.every((kind) => kind === "paper" || kind === "note")).toBe(true);
  });
});

const fields = ["id", "orgs", "date", "url", "anchor"] as const;

/** Whether each field is as expected; null for one that the list says nothing of. */
function rightFields(
  paper: Paper,
  wanted: Expected,
): Readonly<Record<(typeof fields)[number], boolean | null>> {
  const { org, section, url } = wanted;
  return {
    id: wanted.id.startsWith("x-") ? null : paper.arxivId === wanted.id,
    orgs: org === undefined ? null : JSON.stringify(paper.orgs) === JSON.stringify(org),
    date: paper.date === wanted.date,
    url: url === undefined ? null : paper.url === url,
    anchor: section === undefined ? null : paper.anchor === section,
  };
}

function titleOf({ title, subtitle }: Paper): string {
  return subtitle === null ? title : `${title}: ${subtitle}`;
}

function share(part: number, whole: number): string {
  return `${part}/${whole} (${((100 * part) / whole).toFixed(2)} %)`;
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
