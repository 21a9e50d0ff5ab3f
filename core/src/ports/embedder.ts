/** The port to the encoder: text in, vectors out. Contract suite: `embedder.contract.ts`. */
import type { Embedding } from "../model/chunk.ts";

/** Whether a text is what is looked for or what is looked through; the two take different prefixes. */
export type TextKind = "query" | "passage";

/** What is known of a model before it is loaded. */
export interface ModelProfile {
  readonly id: string;
  readonly dimensions: number;
  /** Longest input in tokens, prefix and special tokens included. */
  readonly maxTokens: number;
  readonly prefixes: Readonly<Record<TextKind, string>>;
  readonly pooling: "mean" | "cls";
  /** Changes whenever vectors of this model could change. */
  readonly fingerprint: string;
}

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  /**
   * Number of texts of the whole job that this call is a part of, as far as it is known: it decides what pays, and when what
   * only such a job needs is freed.
   */
  readonly jobSize?: number;
  /** Called with the number of texts that were embedded since it was called before: in all, as many as were given. */
  readonly onEmbedded?: (texts: number) => void;
}

export interface Embedder {
  readonly profile: ModelProfile;
  /** Number of tokens of `text` alone: without prefix and special tokens. Needs the tokenizer, not the weights. */
  countTokens(text: string): number;
  /**
   * Embeds texts in the order given; longer ones are truncated at the model's limit. Batching and sorting by length
   * are the adapter's business.
   *
   * @throws Failure `model-broken` when the engine fails; `cancelled` when `signal` is aborted.
   */
  embed(texts: readonly string[], kind: TextKind, options?: EmbedOptions): Promise<readonly Embedding[]>;
  /** Frees the engine. The embedder can't be used afterwards. */
  close(): Promise<void>;
}
