/** Embeds the texts of a group of posts, those alone that no store and no group before has. */
import type { Chunk, Embedding } from "@nonmun/core/model/chunk";
import { Failure } from "@nonmun/core/model/failure";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { ProgressTracker } from "./progress.ts";
import type { ReadEntry } from "./read-entry.ts";

/** By the text that was embedded. */
export type Embeddings = ReadonlyMap<string, Embedding>;

/** Posts that were read, and what is known of their texts. */
export interface ReadGroup {
  readonly entries: readonly ReadEntry[];
  /** Texts that need an embedding, each once. */
  readonly texts: readonly string[];
  /** Embeddings of those of them that are stored. */
  readonly stored: Embeddings;
}

/** A group with the encoder, or behind it. */
export interface EmbeddingGroup extends ReadGroup {
  /** Texts that are embedded for this group. */
  readonly fresh: readonly string[];
  /** Of every text of the group. Rejects when the encoder fails, or the run is stopped. */
  readonly embeddings: Promise<Embeddings>;
}

export interface EmbedDeps {
  readonly embedder: Embedder;
  readonly progress: ProgressTracker;
  readonly signal: AbortSignal;
}

/**
 * @param before groups that were not stored when it was asked what is; they may be with the encoder still.
 * @param jobSize estimates how many texts the whole run embeds, from how many this group does.
 */
export function embedGroup(
  { embedder, progress, signal }: EmbedDeps,
  group: ReadGroup,
  {
    before,
    jobSize,
  }: { readonly before: readonly EmbeddingGroup[]; readonly jobSize: (fresh: number) => number },
): EmbeddingGroup {
  const underWay = new Set(before.flatMap(({ texts }) => texts));
  const fresh = group.texts.filter((text) => !group.stored.has(text) && !underWay.has(text));
  const embeddings = embed();
  // It is waited for later; until then a failure is no unhandled one.
  embeddings.catch(() => undefined);
  return { ...group, fresh, embeddings };

  async function embed(): Promise<Embeddings> {
    const found = new Map(group.stored);
    if (fresh.length > 0) {
      throwIfCancelled(signal);
      progress.phase("embedding");
      const options = { signal, jobSize: jobSize(fresh.length), onEmbedded: progress.chunks };
      const made = await embedder.embed(fresh, "passage", options).catch((cause: unknown) => {
        // It knows that it was cancelled, but not what that leaves to do.
        throwIfCancelled(signal);
        throw cause;
      });
      for (const [place, embedding] of made.entries()) found.set(fresh[place] ?? "", embedding);
    }
    for (const other of before) {
      const made = await other.embeddings;
      for (const text of group.texts) {
        const embedding = found.has(text) ? undefined : made.get(text);
        if (embedding !== undefined) found.set(text, embedding);
      }
    }
    return found;
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
