/** Reads one post into what is stored of it, all but the embeddings. */
import { relative } from "node:path";
import type { Chunk } from "@nonmun/core/model/chunk";
import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import type { Asset, Paper } from "@nonmun/core/model/paper";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { StoredPaper, StoredPost } from "@nonmun/core/ports/index-store";
import { chunkerVersion, chunkPaper } from "../chunk/chunk-paper.ts";
import { readerVersion, readPost } from "../markdown/read-post.ts";
import type { ReadOptions } from "../markdown/types.ts";
import { createAssetLoader } from "../render/load-asset.ts";
import type { FoundPost } from "./find-posts.ts";
import { fingerprint } from "./fingerprint.ts";
import { readSettled } from "./read-file.ts";

export interface ReadEntry {
  readonly kind: "entry";
  readonly post: StoredPost;
  readonly papers: readonly StoredPaper[];
  readonly chunks: readonly Chunk[];
  readonly assets: readonly Asset[];
  readonly diagnostics: readonly Diagnostic[];
  /** Size of the post's file in bytes. */
  readonly size: number;
}

/** A draft that is left out. */
export interface DraftEntry {
  readonly kind: "draft";
  readonly path: string;
  readonly size: number;
}

/** Version and options of everything that makes stored papers and chunks out of a post: part of each post's hash. */
export function readerId(options: ReadOptions & { readonly drafts: boolean }): string {
  const aliases = [...options.orgAliases].map((pair) => pair.join("=")).sort();
  return [readerVersion, chunkerVersion, options.drafts ? "drafts" : "", ...aliases].join("\n");
}

/** @throws the file system's error when the file can't be read any more. */
export async function readEntry(
  found: FoundPost,
  embedder: Embedder,
  options: ReadOptions & { readonly drafts: boolean },
): Promise<ReadEntry | DraftEntry> {
  const bytes = await readSettled(found.file);
  const loadAsset = createAssetLoader(found.folder, relative(found.folder, found.file));
  // Of the bytes that are stored, not of those found before: a post that was changed in between and back again would
  // otherwise stay as it was in between.
  const hash = await fingerprint(found, bytes, readerId(options));
  const post = await readPost({ path: found.path, bytes, loadAsset }, options);
  if (post.draft && !options.drafts) return { kind: "draft", path: found.path, size: found.size };
  const { profile } = embedder;
  const budget = { countTokens: (text: string) => embedder.countTokens(text), maxTokens: profile.maxTokens };
  return {
    kind: "entry",
    post: {
      path: post.path,
      slug: post.slug,
      title: post.title,
      date: post.date,
      tags: post.tags,
      hash,
      papers: post.papers.filter((paper) => paper.kind === "paper").length,
      diagnostics: post.diagnostics,
    },
    papers: post.papers.map(withoutSections),
    chunks: post.papers.flatMap((paper) => chunkPaper(paper, budget)),
    assets: post.assets,
    diagnostics: post.diagnostics,
    size: found.size,
  };
}

function withoutSections({ sections: _, ...paper }: Paper): StoredPaper {
  return paper;
}
