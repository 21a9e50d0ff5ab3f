/** Embeds the texts of a group of posts, those alone that no store and no group before has. */
import type { Chunk, Embedding } from "@nonmun/core/model/chunk";
import { Failure } from "@nonmun/core/model/failure";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { ProgressTracker } from "./progress.ts";
import type { ReadEntry } from "./read-entry.ts";

export type Embeddings = ReadonlyMap<string, Embedding>;

/** Posts that were read, and what is known of their texts. */
export interface ReadGroup {
  readonly entries: readonly ReadEntry[];
  /** Texts to embed, each once. */
  readonly texts: readonly string[];
  /** Embeddings of those of them that are stored. */
  readonly stored: Embeddings;
}

export interface EmbeddedGroup extends ReadGroup {
  /** Of every text. */
  readonly embeddings: Embeddings;
  /** Texts that were embedded now. */
  readonly fresh: number;
}

export interface EmbedDeps {
  readonly embedder: Embedder;
  readonly progress: ProgressTracker;
  readonly signal: AbortSignal;
}

/** Chunks given to the encoder at once; progress is told after each. */
const sliceChunks = 32;
/**
 * Slices that the encoder has at once. With one it would wait at the end of each until this thread, which reads and stores
 * meanwhile, has time to hand over the next.
 */
const slicesAhead = 2;

/**
 * @param known of the groups before, whether or not they are stored by now.
 * @param share the part of the whole run's work that lies in this group, from 0 to 1.
 * @param before texts embedded in the groups before.
 */
export async function embedGroup(
  { embedder, progress, signal }: EmbedDeps,
  group: ReadGroup,
  { known, share, before }: { readonly known: Embeddings; readonly share: number; readonly before: number },
): Promise<EmbeddedGroup> {
  const embeddings = new Map(group.stored);
  for (const text of group.texts) {
    const embedding = known.get(text);
    if (embedding !== undefined) embeddings.set(text, embedding);
  }
  const missing = group.texts.filter((text) => !embeddings.has(text));
  if (missing.length > 0) progress.phase("embedding");
  const jobSize = Math.round(before + missing.length / share);
  // Longest first, so that what is padded together is of one length and the most memory is needed at once.
  const sorted = missing.toSorted((a, b) => b.length - a.length);
  const slices = Array.from({ length: Math.ceil(sorted.length / sliceChunks) }, (_, index) =>
    sorted.slice(index * sliceChunks, (index + 1) * sliceChunks),
  ).values();
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const made = new Map<string, Embedding>();
  async function embedSlices(): Promise<void> {
    for (const slice of slices) {
      throwIfCancelled(either);
      const vectors = await embedder.embed(slice, "passage", { signal: either, jobSize });
      for (const [index, vector] of vectors.entries()) made.set(slice[index] ?? "", vector);
      progress.chunks(slice.length);
    }
  }
  await allOrNone(Array.from({ length: slicesAhead }, embedSlices), failed);
  for (const text of missing) {
    const embedding = made.get(text);
    if (embedding !== undefined) embeddings.set(text, embedding);
  }
  return { ...group, embeddings, fresh: missing.length };
}

/** Waits for all; the first failure ends the others, and is thrown when they have ended. */
async function allOrNone(works: readonly Promise<void>[], failed: AbortController): Promise<void> {
  try {
    await Promise.all(works);
  } catch (cause) {
    failed.abort(cause);
    await Promise.allSettled(works);
    throw cause;
  }
}

export function embeddingOf(chunk: Chunk, embeddings: Embeddings): Embedding {
  const embedding = embeddings.get(chunk.embedded);
  if (embedding === undefined) throw new Error(`No embedding was made for chunk ${chunk.id}.`);
  return embedding;
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new Failure("cancelled", "The indexing was stopped.", {
      advice: "Run it again: it goes on where it was.",
    });
  }
}
