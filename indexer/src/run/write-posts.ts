/** Reads, embeds and stores posts in groups, so that memory stays bounded and an interrupted run keeps its work. */
import type { Severity } from "@nonmun/core/model/diagnostic";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { IndexWriter } from "@nonmun/core/ports/index-store";
import type { ReadOptions } from "../markdown/types.ts";
import { type EmbeddingGroup, embeddingOf, embedGroup, throwIfCancelled } from "./embed-group.ts";
import { type FoundPost, isGone } from "./find-posts.ts";
import { createGroupSizes } from "./group-sizes.ts";
import type { ProgressTracker } from "./progress.ts";
import { type DraftEntry, type ReadEntry, readEntry } from "./read-entry.ts";

export interface WriteDeps {
  readonly writer: IndexWriter;
  readonly embedder: Embedder;
  readonly progress: ProgressTracker;
  /** Called after each group is stored. */
  readonly onWritten: (counts: WriteCounts) => Promise<void>;
}

export interface WriteCounts {
  readonly embedded: number;
  readonly reused: number;
  /** Paths of posts that turned out to be drafts. */
  readonly drafts: readonly string[];
  /** Those of them, and of posts that vanished meanwhile, that are stored and have to go. */
  readonly withdrawn: readonly string[];
  /** Problems that were found in posts. They are told by `doctor`, of any number of posts: the run only counts them. */
  readonly diagnostics: Readonly<Record<Severity, number>>;
}

export interface WriteOptions extends ReadOptions {
  readonly drafts: boolean;
  readonly stored: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
}

/** While a group is embedded, the next one is read and the one before is stored: the encoder doesn't wait for either. */
export async function writePosts(
  deps: WriteDeps,
  posts: readonly FoundPost[],
  options: WriteOptions,
): Promise<WriteCounts> {
  const totals = {
    embedded: 0,
    reused: 0,
    drafts: [] as string[],
    withdrawn: [] as string[],
    diagnostics: { error: 0, warning: 0, info: 0 },
  };
  const bytes = sizeOf(posts);
  const line = assemblyLine(deps, totals, bytes, options.signal);
  const sizes = createGroupSizes(bytes);
  try {
    let group: ReadEntry[] = [];
    for (const post of posts) {
      throwIfCancelled(options.signal);
      const entry = await readOrNull(post, deps.embedder, options);
      if (entry === null || entry.kind === "draft") {
        if (entry !== null) totals.drafts.push(post.path);
        if (options.stored.has(post.path)) totals.withdrawn.push(post.path);
        deps.progress.posts(1, post.size);
        continue;
      }
      group.push(entry);
      for (const { severity } of entry.diagnostics) totals.diagnostics[severity] += 1;
      if (!sizes.isEnough(entry)) continue;
      await line.put(group);
      group = [];
    }
    if (group.length > 0) await line.put(group);
    await line.finish();
    return totals;
  } finally {
    await line.stop();
  }
}

interface AssemblyLine {
  /** Resolves when the encoder has the group: at once, unless too many are under way. */
  put(entries: readonly ReadEntry[]): Promise<void>;
  /** Resolves when everything is stored. */
  finish(): Promise<void>;
  /** Ends what is under way: stores what is being stored, embeds no more. */
  stop(): Promise<void>;
}

/**
 * Groups that are under way at once: one is stored, one is embedded, and one is with the encoder already, which goes on with
 * it at once. Another is read meanwhile.
 */
const groupsUnderWay = 3;

function assemblyLine(
  deps: WriteDeps,
  totals: WriteCounts & { embedded: number; reused: number },
  bytes: number,
  signal: AbortSignal | undefined,
): AssemblyLine {
  const stopping = new AbortController();
  const either = AbortSignal.any([stopping.signal, ...(signal === undefined ? [] : [signal])]);
  const embedDeps = { embedder: deps.embedder, progress: deps.progress, signal: either };
  /** In order, until each is stored. */
  const underWay: { readonly group: EmbeddingGroup; readonly stored: Promise<void> }[] = [];
  let left = bytes;
  let asked = 0;
  let last: Promise<void> = Promise.resolve();

  async function put(entries: readonly ReadEntry[]): Promise<void> {
    while (underWay.length >= groupsUnderWay) await underWay[0]?.stored;
    const texts = [...new Set(entries.flatMap(({ chunks }) => chunks.map((chunk) => chunk.embedded)))];
    const before = underWay.map(({ group }) => group);
    const stored = await deps.writer.reuse(texts);
    const size = sizeOf(entries);
    const share = left > 0 ? Math.min(1, size / left) : 1;
    left -= size;
    const jobSize = (fresh: number): number => Math.round(asked + fresh / share);
    const group = embedGroup(embedDeps, { entries, texts, stored }, { before, jobSize });
    asked += group.fresh.length;
    last = store(group, last);
    // It is waited for later; one that fails before is no unhandled error.
    last.catch(() => undefined);
    underWay.push({ group, stored: last });
  }

  async function store(group: EmbeddingGroup, before: Promise<void>): Promise<void> {
    await before;
    await writeGroup(deps, group, totals);
    underWay.shift();
  }

  return {
    put,
    finish: () => last,
    async stop() {
      stopping.abort();
      await Promise.allSettled([last, ...underWay.map(({ group }) => group.embeddings)]);
    },
  };
}

async function writeGroup(
  { writer, progress, onWritten }: WriteDeps,
  group: EmbeddingGroup,
  totals: WriteCounts & { embedded: number; reused: number },
): Promise<void> {
  const { entries, texts, fresh } = group;
  const embeddings = await group.embeddings;
  await writer.write({
    put: entries.map(({ post, papers, chunks, assets }) => ({
      post,
      papers,
      chunks,
      assets,
      embeddings: chunks.map((chunk) => embeddingOf(chunk, embeddings)),
    })),
    remove: [],
  });
  totals.embedded += fresh.length;
  totals.reused += texts.length - fresh.length;
  progress.posts(entries.length, sizeOf(entries));
  await onWritten(totals);
}

function sizeOf(posts: readonly { readonly size: number }[]): number {
  return posts.reduce((sum, { size }) => sum + size, 0);
}

async function readOrNull(
  post: FoundPost,
  embedder: Embedder,
  options: ReadOptions & { readonly drafts: boolean },
): Promise<ReadEntry | DraftEntry | null> {
  try {
    return await readEntry(post, embedder, options);
  } catch (cause) {
    if (isGone(cause)) return null;
    throw cause;
  }
}
