/** The port to the index: snapshots to read from, a writer to commit to. Contract suite: `index-store.contract.ts`. */
import type { Chunk, Embedding, TokenVectors } from "../model/chunk.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Manifest, Recipe, RunReport } from "../model/manifest.ts";
import type { Asset, Paper } from "../model/paper.ts";

/** Conditions on papers, as values. Within a field any of them, between fields all. Compared after normalisation. */
export interface Filter {
  readonly orgs?: readonly string[];
  readonly tags?: readonly string[];
  /** Path of a post, with or without extension. */
  readonly post?: string;
  /** First and last day, `YYYY-MM-DD`, both included. Papers without a date match neither. */
  readonly from?: string;
  readonly to?: string;
}

/** A scored chunk. `score` grows with relevance: cosine for `nearest`, BM25 for `match`. */
export interface Hit {
  readonly chunkId: string;
  readonly paperId: string;
  readonly score: number;
}

export interface Limited {
  readonly limit: number;
  readonly filter?: Filter;
}

/** A paper without its text: what lists, filters and facets need. */
export type PaperCard = Omit<Paper, "sections" | "headings" | "figures" | "html" | "span">;

/** A paper as stored: everything that its page shows. */
export type StoredPaper = Omit<Paper, "sections">;

/** A post as stored. `hash` is that of everything the post was read from: its text, its images, the reader's version. */
export interface StoredPost {
  readonly path: string;
  readonly slug: string;
  readonly title: string;
  readonly date: string | null;
  readonly tags: readonly string[];
  readonly hash: string;
  readonly papers: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** One generation of the index, which does not change while it is held. */
export interface Snapshot {
  readonly manifest: Manifest;
  /** Chunks by cosine similarity to `vector`, best first. */
  nearest(vector: Float32Array, options: Limited): Promise<readonly Hit[]>;
  /** Chunks by n-gram BM25 to `text`, best first; ties by chunk id. Text that holds no n-gram finds nothing. */
  match(text: string, options: Limited): Promise<readonly Hit[]>;
  /**
   * Every chunk whose terms (title, subtitle, orgs and text) may hold `phrase` to the letter, best BM25 first: all that hold
   * it, and few others. A phrase without an n-gram finds nothing.
   */
  holding(phrase: string, options: { readonly filter?: Filter }): Promise<readonly Hit[]>;
  /** The chunks that exist among `ids`, in the order of `ids`. */
  chunks(ids: readonly string[]): Promise<readonly Chunk[]>;
  /** All chunks of the given papers, by paper and ordinal. */
  chunksOf(paperIds: readonly string[]): Promise<readonly Chunk[]>;
  /** Token vectors of the chunks that exist among `ids`; nothing for chunks that have none. */
  tokens(ids: readonly string[]): Promise<ReadonlyMap<string, TokenVectors>>;
  /** Pooled vectors of the chunks that exist among `ids`. */
  vectors(ids: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  /** Every paper, newest first (date, then post path descending, then order). Read once and kept. */
  catalogue(): Promise<readonly PaperCard[]>;
  paper(id: string): Promise<StoredPaper | null>;
  posts(): Promise<readonly StoredPost[]>;
  asset(id: string): Promise<Asset | null>;
  /** In how many chunks each token id occurs, for query-token weights. Ids that occur nowhere are absent. */
  documentFrequencies(): Promise<ReadonlyMap<number, number>>;
  /** What was computed over the whole generation when it was published (`map-layout`), or null. */
  artifact(name: string): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** A post with everything that is stored of it. `embeddings` runs parallel to `chunks`. */
export interface PostEntry {
  readonly post: StoredPost;
  readonly papers: readonly StoredPaper[];
  readonly chunks: readonly Chunk[];
  readonly embeddings: readonly Embedding[];
  readonly assets: readonly Asset[];
}

export interface Commit {
  readonly put: readonly PostEntry[];
  /** Paths of posts that are gone. */
  readonly remove: readonly string[];
}

/** The one writer of an index. It sees its own uncommitted rows, readers don't. */
export interface IndexWriter {
  /** Posts that are stored, published or left by an interrupted run: path to hash. */
  stored(): Promise<ReadonlyMap<string, string>>;
  /** Embeddings of texts that are stored already, by the exact embedded text. */
  reuse(embedded: readonly string[]): Promise<ReadonlyMap<string, Embedding>>;
  /** Stores whole posts. Not visible to readers before `publish`, but kept if the run is interrupted. */
  write(commit: Commit): Promise<void>;
  /** Ids of the papers whose chunks `publish` would make visible, in no particular order. */
  papers(): Promise<readonly string[]>;
  /** Pooled vectors of all their chunks, by chunk id. Of a whole index they need not fit in memory: ask for some at a time. */
  vectors(paperIds: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  /** An artifact of the generation published before, or null. */
  artifact(name: string): Promise<Uint8Array | null>;
  /** Makes everything written so far visible, in one step, and tidies up. */
  publish(run: PublishOptions): Promise<Manifest>;
  close(): Promise<void>;
}

export interface PublishOptions {
  readonly complete: boolean;
  readonly lastRun: RunReport;
  readonly modelId: string;
  /**
   * Makes what belongs to this generation as a whole; artifacts that it does not name again are dropped. Asked once, while the
   * store tidies up: the writer still answers. When it fails, so does `publish`, and nothing becomes visible.
   */
  readonly artifacts?: () => Promise<Artifacts>;
}

/** Bytes by name. */
export type Artifacts = Readonly<Record<string, Uint8Array>>;

export interface IndexStore {
  /** The newest published generation number, or null if there is none. Cheap: made to be polled. */
  generation(): Promise<number | null>;
  /**
   * Opens the newest published generation.
   *
   * @returns null when nothing was ever published.
   * @throws Failure `index-mismatch` when `recipe` is given and the index was made with another;
   *   `index-damaged` when files are missing or unreadable; `storage` when the place can't be read.
   */
  open(recipe?: Recipe): Promise<Snapshot | null>;
  /**
   * Takes the write lock and prepares to write with `recipe`. Rows of another recipe stay readable until `publish`.
   *
   * @throws Failure `index-busy` when another process writes.
   */
  writer(recipe: Recipe): Promise<IndexWriter>;
  /**
   * Publishes what the generation before the newest one held, as a new generation. Unpublished rows are dropped.
   *
   * @throws Failure `no-index` when there is no earlier generation; `index-busy` when another process writes.
   */
  rollback(): Promise<Manifest>;
  close(): Promise<void>;
}
