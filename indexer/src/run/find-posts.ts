/** Finds the posts with their hashes: what a run compares with what is stored. */
import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import { listPosts, type PostFile } from "../content/list-posts.ts";
import { postIdOf } from "../markdown/ids.ts";
import { fingerprint } from "./fingerprint.ts";
import { inParallel } from "./in-parallel.ts";
import { readSettled } from "./read-file.ts";

export interface FoundPost extends PostFile {
  readonly hash: string;
  /** Size in bytes. */
  readonly size: number;
}

export interface FoundPosts {
  readonly posts: ReadonlyMap<string, FoundPost>;
  /** Posts that are there but could not be read: what is stored of them is kept. */
  readonly unreadable: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Files that are read at once: reading waits for the disk, or the network, most of its time. */
const filesAtOnce = 8;

/**
 * @param reader version and options of the reader, which are part of each hash.
 * @throws Failure `content-missing` when a content folder doesn't exist.
 */
export async function findPosts(content: readonly string[], reader: string): Promise<FoundPosts> {
  const listing = await listPosts(content);
  const posts = new Map<string, FoundPost>();
  const unreadable = new Set<string>();
  const diagnostics: Diagnostic[] = listing.unreadable.map(({ file, reason }) =>
    unreadableFile(file, reason),
  );
  const names = new Map<string, string>();
  const named: PostFile[] = [];
  for (const post of listing.posts) {
    const other = names.get(postIdOf(post.path));
    if (other !== undefined) {
      diagnostics.push(sameName(post.path, other));
      continue;
    }
    names.set(postIdOf(post.path), post.path);
    named.push(post);
  }
  for (const { post, found } of await inParallel(named, filesAtOnce, (post) => findPost(post, reader))) {
    if (found === null) continue;
    if ("reason" in found) {
      unreadable.add(post.path);
      diagnostics.push(unreadableFile(post.path, found.reason));
    } else posts.set(post.path, found);
  }
  return { posts, unreadable, diagnostics };
}

/** What is found of a post; null when it is gone. */
async function findPost(post: PostFile, reader: string) {
  try {
    const bytes = await readSettled(post.file);
    const found = { ...post, hash: await fingerprint(post, bytes, reader), size: bytes.length };
    return { post, found };
  } catch (cause) {
    if (isGone(cause)) return { post, found: null };
    return { post, found: { reason: cause instanceof Error ? cause.message : String(cause) } };
  }
}

/** A file that was deleted between listing and reading is simply not there. */
export function isGone(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}

function unreadableFile(file: string, reason: string): Diagnostic {
  return ofFile(file, "unreadable-file", {
    message: `The file can't be read: ${reason}.`,
    advice: "Give this user the right to read it, or name it in .nonmunignore.",
  });
}

/** Ids are made of the name without its ending, so of two such files only the first can be in the index. */
function sameName(file: string, other: string): Diagnostic {
  return ofFile(file, "duplicate-id", {
    message: `The post was left out, because ${other} has the same name.`,
    advice: "Rename one of the two files, or name one in .nonmunignore.",
  });
}

function ofFile(file: string, code: string, words: Pick<Diagnostic, "message" | "advice">): Diagnostic {
  const start = { line: 1, column: 1, offset: 0 };
  return { code, severity: "error", ...words, file, span: { start, end: start } };
}
