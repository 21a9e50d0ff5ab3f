/** Reads, embeds and stores posts in groups, so that memory stays bounded and an interrupted run keeps its work. */
import type { Chunk, Embedding } from "@nonmun/core/model/chunk";
import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import { Failure } from "@nonmun/core/model/failure";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { IndexWriter } from "@nonmun/core/ports/index-store";
import type { ReadOptions } from "../markdown/types.ts";
import { type FoundPost, isGone } from "./find-posts.ts";
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
  readonly diagnostics: readonly Diagnostic[];
}

/** A group is stored when it has this many chunks: some seconds of embedding, which is what a kill can cost. */
const groupChunks = 128;
/** Chunks given to the encoder at once; progress is told after each. */
const sliceChunks = 32;

export async function writePosts(
  deps: WriteDeps,
  posts: readonly FoundPost[],
  options: ReadOptions & {
    readonly drafts: boolean;
    readonly stored: ReadonlyMap<string, string>;
    readonly signal?: AbortSignal;
  },
): Promise<WriteCounts> {
  const totals = {
    embedded: 0,
    reused: 0,
    drafts: [] as string[],
    withdrawn: [] as string[],
    diagnostics: [] as Diagnostic[],
  };
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
    totals.diagnostics.push(...entry.diagnostics);
    if (group.reduce((sum, { chunks }) => sum + chunks.length, 0) >= groupChunks) await store();
  }
  if (group.length > 0) await store();
  return totals;

  async function store(): Promise<void> {
    const written = await writeGroup(deps, group, options.signal);
    totals.embedded += written.embedded;
    totals.reused += written.reused;
    deps.progress.posts(
      group.length,
      group.reduce((sum, { size }) => sum + size, 0),
    );
    group = [];
    await deps.onWritten(totals);
  }
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

async function writeGroup(deps: WriteDeps, group: readonly ReadEntry[], signal: AbortSignal | undefined) {
  const chunks = group.flatMap((entry) => entry.chunks);
  const texts = [...new Set(chunks.map((chunk) => chunk.embedded))];
  const known = new Map(await deps.writer.reuse(texts));
  const reused = known.size;
  const missing = texts.filter((text) => !known.has(text));
  const fresh = await embedTexts(deps, missing, signal);
  for (const [text, embedding] of fresh) known.set(text, embedding);
  await deps.writer.write({
    put: group.map(({ post, papers, chunks: own, assets }) => ({
      post,
      papers,
      chunks: own,
      assets,
      embeddings: own.map((chunk) => embeddingOf(chunk, known)),
    })),
    remove: [],
  });
  return { embedded: missing.length, reused };
}

/** Embeds longest first, so that what is padded together is of one length and the most memory is needed at once. */
async function embedTexts(
  { embedder, progress }: WriteDeps,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Embedding>> {
  const made = new Map<string, Embedding>();
  if (texts.length === 0) return made;
  progress.phase("embedding");
  const sorted = texts.toSorted((a, b) => b.length - a.length);
  for (let start = 0; start < sorted.length; start += sliceChunks) {
    throwIfCancelled(signal);
    const slice = sorted.slice(start, start + sliceChunks);
    const embeddings = await embedder.embed(slice, "passage", signal === undefined ? {} : { signal });
    for (const [index, embedding] of embeddings.entries()) made.set(slice[index] ?? "", embedding);
    progress.chunks(slice.length);
  }
  return made;
}

function embeddingOf(chunk: Chunk, known: ReadonlyMap<string, Embedding>): Embedding {
  const embedding = known.get(chunk.embedded);
  if (embedding === undefined) throw new Error(`No embedding was made for chunk ${chunk.id}.`);
  return embedding;
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new Failure("cancelled", "The indexing was stopped.", {
      advice: "Run it again: it goes on where it was.",
    });
  }
}
