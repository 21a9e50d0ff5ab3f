/** An embedder without a model: feature hashing of words and character n-grams. Quick, deterministic, made for tests. */
import type { Embedding, TokenVectors } from "../model/chunk.ts";
import { Failure } from "../model/failure.ts";
import type { Embedder, EmbedOptions, ModelProfile, TextKind } from "../ports/embedder.ts";
import { normalizeRow, quantize } from "./model-vectors.ts";

export interface HashOptions {
  readonly dimensions?: number;
  readonly maxTokens?: number;
}

/** A token is a word, or a sign of its own: what `\p{L}\p{N}` runs are to the real tokenizer's pieces. */
const token = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;
/** Prefix and special tokens of the model that it stands in for. */
const frameTokens = 4;

/**
 * Texts that share words, or parts of words, are near; words alone decide, so `query` and `passage` differ by their
 * prefix no more than they have to. Weinberger et al., "Feature Hashing for Large Scale Multitask Learning",
 * arXiv 0902.2206.
 */
export function createHashEmbedder({ dimensions = 128, maxTokens = 512 }: HashOptions = {}): Embedder {
  const profile: ModelProfile = {
    id: "hash",
    dimensions,
    maxTokens,
    prefixes: { query: "query: ", passage: "passage: " },
    pooling: "mean",
    fingerprint: `hash-1-${dimensions}-${maxTokens}`,
  };
  let closed = false;

  async function embed(texts: readonly string[], kind: TextKind, { signal, onEmbedded }: EmbedOptions = {}) {
    if (closed) throw new Failure("model-broken", "The embedder was closed.", { subject: profile.id });
    const made: Embedding[] = [];
    for (const text of texts) {
      // Like the real one it is asynchronous, and sees an abort between two texts.
      await Promise.resolve();
      if (signal?.aborted === true) throw cancelled(signal);
      made.push(embedText(text, profile.prefixes[kind], dimensions, maxTokens - frameTokens));
      onEmbedded?.(1);
    }
    return made;
  }

  return {
    profile,
    countTokens: (text) => [...text.matchAll(token)].length,
    embed,
    close: async () => {
      closed = true;
    },
  };
}

function cancelled(signal: AbortSignal): Failure {
  return new Failure("cancelled", "Embedding was cancelled.", { cause: signal.reason });
}

function embedText(text: string, prefix: string, dimensions: number, room: number): Embedding {
  const found = [...text.matchAll(token).take(room)];
  const rows = new Float32Array(found.length * dimensions);
  const vector = new Float32Array(dimensions);
  // A trace of the prefix, as the real model keeps one; it also gives an empty text a direction.
  addFeature(vector, 0, dimensions, `prefix ${prefix}`, 0.05);
  for (const [i, [word]] of found.entries()) {
    addWord(rows, i * dimensions, dimensions, word);
    normalizeRow(rows, i * dimensions, dimensions);
    for (let d = 0; d < dimensions; d++) vector[d] = (vector[d] ?? 0) + (rows[i * dimensions + d] ?? 0);
  }
  normalizeRow(vector, 0, dimensions);
  return { vector, tokens: tokensOf(found, rows, dimensions) };
}

function tokensOf(found: readonly RegExpExecArray[], rows: Float32Array, dimensions: number): TokenVectors {
  const { quantized, scale } = quantize(rows);
  const offsets = Uint32Array.from(found.flatMap(({ index, 0: word }) => [index, index + word.length]));
  // Ids are hashes in the range of the real model's vocabulary.
  const ids = Int32Array.from(found, ([word]) => hash(fold(word)) % 46_640);
  return { count: found.length, dimensions, ids, offsets, values: quantized, scale };
}

/** The word as a whole, and its runs of two and three characters: `논문에서` stays near `논문`. */
function addWord(values: Float32Array, at: number, dimensions: number, word: string): void {
  const folded = fold(word);
  addFeature(values, at, dimensions, folded, 1);
  const characters = [...`^${folded}$`];
  for (const size of [2, 3]) {
    for (let i = 0; i + size <= characters.length; i++) {
      addFeature(values, at, dimensions, characters.slice(i, i + size).join(""), 0.5);
    }
  }
}

function addFeature(
  values: Float32Array,
  at: number,
  dimensions: number,
  feature: string,
  weight: number,
): void {
  const code = hash(feature);
  const slot = at + (code % dimensions);
  values[slot] = (values[slot] ?? 0) + (code & 0x8000_0000 ? -weight : weight);
}

function fold(word: string): string {
  return word.normalize("NFKC").toLowerCase();
}

/** 32-bit FNV-1a over UTF-16 code units, with a final mix (Murmur3's) so that the high bits are as good as the low. */
function hash(text: string): number {
  let code = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) code = Math.imul(code ^ text.charCodeAt(i), 0x01000193);
  code = Math.imul(code ^ (code >>> 16), 0x85ebca6b);
  code = Math.imul(code ^ (code >>> 13), 0xc2b2ae35);
  return (code ^ (code >>> 16)) >>> 0;
}
