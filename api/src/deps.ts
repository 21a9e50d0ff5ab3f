/** What the API is made of: everything that it asks of the process it runs in, as values and functions. */
import type { StatusResponse } from "@nonmun/core/contract";
import type { IndexProgress } from "@nonmun/core/model/progress";
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
  readonly log: ApiLog;
  readonly options?: ApiOptions;
}

/** Where the API says what it must not tell a client. */
export interface ApiLog {
  error(message: string, details: Readonly<Record<string, unknown>>): void;
}

export interface ApiOptions {
  /**
   * True behind a reverse proxy that sets `X-Forwarded-For`, `-Proto` and `-Host` itself: client addresses and the
   * site's origin are then taken from them. Otherwise those headers are ignored, since anybody can send them.
   */
  readonly trustProxy?: boolean;
  /** Origins whose pages may read the API (`https://blog.example`), or `*`. None by default: notes are private. */
  readonly allowedOrigins?: readonly string[] | "*";
  /** Token buckets by client address; null switches one off. Clients on this machine get ten times as much. */
  readonly rateLimits?: Partial<Readonly<Record<RateLimited, RateLimit | null>>>;
  /** Milliseconds between two signs of life on an event stream. 15,000 by default: proxies drop silent ones after 60 s. */
  readonly heartbeatMs?: number;
  /** Aborted when the server shuts down: open event streams end, so that closing the server does not wait for them. */
  readonly shutdown?: AbortSignal;
}

/** The routes that cost something, and so have a bucket each. */
export type RateLimited = "search" | "suggest" | "mcp" | "index";

export interface RateLimit {
  /** Requests at once, after a pause. */
  readonly burst: number;
  readonly perSecond: number;
}
