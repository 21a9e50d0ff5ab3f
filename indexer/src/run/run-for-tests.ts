/** A folder of posts, a store in memory and an embedder that counts: what the tests of runs share. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createHashEmbedder } from "@nonmun/core/adapters/hash-embedder";
import { createMemoryStore } from "@nonmun/core/adapters/memory-store";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import { recipeFor } from "./recipe.ts";
import { type RunDeps, type RunOptions, type RunOutcome, runIndex } from "./run-index.ts";

export interface Bench {
  readonly folder: string;
  readonly deps: RunDeps;
  /** Every text that was embedded, in order. */
  readonly embedded: string[];
  write(path: string, content: string | Uint8Array): Promise<void>;
  run(options?: Partial<RunOptions>): Promise<RunOutcome>;
  /** What the newest generation says, asked of its snapshot. */
  ask<T>(question: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  paths(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

/** @param onEmbed is called before each slice of texts is embedded. */
export async function createBench(onEmbed: () => void = () => undefined): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-run-"));
  const embedded: string[] = [];
  const embedder = counting(embedded, onEmbed);
  const store = createMemoryStore();
  const deps: RunDeps = { store, embedder, recipe: recipeFor(embedder.profile), clock: () => 0 };

  async function ask<T>(question: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    const snapshot = await store.open();
    if (snapshot === null) throw new Error("Nothing was published.");
    try {
      return await question(snapshot);
    } finally {
      await snapshot.close();
    }
  }
  return {
    folder,
    deps,
    embedded,
    async write(path, content) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    },
    run: (options) =>
      runIndex(deps, {
        content: [folder],
        drafts: false,
        orgAliases: new Map(),
        whenEmpty: "refuse",
        ...options,
      }),
    ask,
    paths: () => ask(async (snapshot) => (await snapshot.posts()).map(({ path }) => path).sort()),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** A post with one paper for each title and text. */
export function postOf(texts: Readonly<Record<string, string>>, frontMatter = ""): string {
  const head = frontMatter === "" ? "" : `---\n${frontMatter}\n---\n\n`;
  const papers = Object.entries(texts).map(
    ([title, text]) => `## [${title}](https://example.com/${title})\n\n${text}\n`,
  );
  return `${head}# 논문 리뷰\n\n${papers.join("\n")}`;
}

function counting(embedded: string[], onEmbed: () => void): Embedder {
  const embedder = createHashEmbedder();
  return {
    ...embedder,
    async embed(texts, kind, options) {
      onEmbed();
      embedded.push(...texts);
      return embedder.embed(texts, kind, options);
    },
  };
}
