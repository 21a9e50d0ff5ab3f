/** What an index says of itself. Written last in a run, so a reader that sees it sees everything it names. */

/** What embeddings and chunks depend on. Two indexes with different recipes never share a table or answer for each other. */
export interface Recipe {
  /** Version of the tables' layout. */
  readonly schema: number;
  /** The model's fingerprint: id, weights, prefixes, pooling, dimensions. */
  readonly model: string;
  readonly dimensions: number;
  /** Version of chunking, with its token budget. */
  readonly chunker: string;
}

export interface Manifest {
  /** Grows by one with each commit. */
  readonly generation: number;
  readonly recipe: Recipe;
  /** Human-readable id of the model: `nonmun-e5-small-ko-en`. */
  readonly modelId: string;
  /** False while a first run is still filling the index: what is there can be searched, but is not all. */
  readonly complete: boolean;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly counts: Counts;
  /** Version of each table that belongs to this generation. */
  readonly tables: Readonly<Record<string, TableVersion>>;
  readonly lastRun: RunReport;
}

export interface TableVersion {
  readonly table: string;
  readonly version: number;
}

export interface Counts {
  readonly posts: number;
  readonly papers: number;
  readonly notes: number;
  readonly chunks: number;
}

/** What one run of the indexer did. */
export interface RunReport {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Chunks that were embedded anew; the others kept their vectors. */
  readonly embedded: number;
  readonly reused: number;
  readonly diagnostics: Readonly<Record<"error" | "warning" | "info", number>>;
  readonly tookMs: number;
}
