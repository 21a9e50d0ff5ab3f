/** What the API is made of: everything that it asks of the process it runs in, as values and functions. */
import type { IndexProgress, StatusResponse } from "@nonmun/core/contract";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import type { Searcher } from "@nonmun/core/ports/searcher";

/** One generation of the index with the searcher made for it. */
export interface View {
  readonly snapshot: Snapshot;
  readonly searcher: Searcher;
}

/** Lends the newest generation. A request works inside one `use`, so that it sees one generation from query to answer. */
export interface Library {
  /**
   * Runs `work` with the newest generation, which stays open until `work` settles; with null while there is no index.
   */
  use<T>(work: (view: View | null) => Promise<T>): Promise<T>;
}

/** The indexing that this server drives. */
export interface Indexing {
  progress(): IndexProgress;
  /** Calls `listener` with each progress from now on. Returns the function that ends it. */
  subscribe(listener: (progress: IndexProgress) => void): () => void;
  /** Asks for a run and returns its job's id. A request during a run is merged into one run after it. */
  request(): { readonly job: string };
}

export interface AppDeps {
  readonly library: Library;
  /** Null when this server only reads an index that another process writes. */
  readonly indexing: Indexing | null;
  readonly model: () => StatusResponse["model"];
  /** True once the model is warm and the index holds all that the start found to index. */
  readonly ready: () => boolean;
  /** Bearer token of `POST /api/index`; without one the route answers 401 and says how to set it. */
  readonly token: string | null;
  /** Secret of the GitHub webhook's HMAC; null switches the hook off. */
  readonly webhookSecret: string | null;
  /** Run before indexing when a push arrives (a `git pull` where that is switched on). */
  readonly onPush: (() => Promise<void>) | null;
  readonly siteUrl: string | null;
  /** Milliseconds from any fixed point. */
  readonly clock: () => number;
}
