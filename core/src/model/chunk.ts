/** A chunk: what is embedded, and what a hit is a hit of. */
import type { Span } from "./place.ts";

export interface Chunk {
  /** `<paper id>#<ordinal>`. */
  readonly id: string;
  readonly paperId: string;
  readonly postPath: string;
  readonly ordinal: number;
  /** Headings from the paper's title down to the chunk's section. */
  readonly heading: readonly string[];
  readonly anchor: string;
  /** Plain text as shown in a snippet: the blocks of the chunk, one a line. */
  readonly text: string;
  /**
   * Where `text` begins inside `embedded`, in UTF-16 code units; what stands before it is the paper's title and the
   * headings that say something of their own.
   */
  readonly textStart: number;
  /** What the model is given, without its prefix: title, meaningful headings, then `text`. */
  readonly embedded: string;
  readonly span: Span;
}

/**
 * Token vectors of one text, for late interaction (ColBERT, arXiv 2004.12832). Centred by the model's constants,
 * L2-normalised and stored as int8: `component = value * scale`. Special tokens and the prefix are left out.
 */
export interface TokenVectors {
  readonly count: number;
  readonly dimensions: number;
  /** `count` token ids of the model's vocabulary. */
  readonly ids: Int32Array;
  /** `2 * count` UTF-16 offsets into the embedded text: start and end of each token. */
  readonly offsets: Uint32Array;
  /** `count * dimensions` values, row by row. */
  readonly values: Int8Array;
  readonly scale: number;
}

/** What the encoder makes of one text. `tokens` is null for a model without late-interaction constants. */
export interface Embedding {
  /** L2-normalised, `dimensions` long. */
  readonly vector: Float32Array;
  readonly tokens: TokenVectors | null;
}
