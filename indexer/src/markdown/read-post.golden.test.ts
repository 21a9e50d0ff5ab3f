/** The golden fixtures: one post per shape and per defect. `NONMUN_UPDATE_GOLDEN=1` writes what is read now. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chunkPaper } from "../chunk/chunk-paper.ts";
import { golden } from "./golden.ts";
import { readWithoutRendering } from "./read-for-tests.ts";

const folder = join(import.meta.dirname, "fixtures");
const posts = readdirSync(folder).filter((name) => /\.mdx?$/u.test(name));
/** About what the embedded model's tokenizer makes of Korean. */
const budget = { countTokens: (text: string) => Math.ceil(text.length / 2), maxTokens: 512 };

describe("golden posts", () => {
  test.each(posts)("%s is read as its golden file says", async (name) => {
    const post = await readWithoutRendering(name, readFileSync(join(folder, name)));
    const chunks = post.papers.flatMap((paper) => chunkPaper(paper, budget));
    const found = `${JSON.stringify(golden(post, chunks), null, 2)}\n`;
    const file = join(folder, name.replace(/\.mdx?$/u, ".json"));
    if (process.env.NONMUN_UPDATE_GOLDEN === "1") writeFileSync(file, found);
    expect(existsSync(file), `${file} is missing: run again with NONMUN_UPDATE_GOLDEN=1 and read it`).toBe(
      true,
    );
    expect(found).toBe(readFileSync(file, "utf8"));
  });
});
