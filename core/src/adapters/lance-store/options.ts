/** Settings of the LanceDB store, with the reasons for their defaults. */
import type { Failure } from "../../model/failure.ts";

export interface LanceStoreOptions {
  /** Passed to LanceDB as they are: `region`, `endpoint`, `aws_access_key_id`, … For `s3://`, `gs://`, `az://`. */
  readonly storageOptions?: Readonly<Record<string, string>>;
  /** Key of LanceDB Cloud or Enterprise, for `db://`. */
  readonly apiKey?: string;
  /** Region of LanceDB Cloud, for `db://`; `us-east-1` by default. */
  readonly region?: string;
  /** Address of LanceDB Enterprise, for `db://`: `https://lancedb.company.example`. */
  readonly host?: string;
  /**
   * Vector search is exact below this number of chunks and asks an IVF index over whole vectors from there on. Measured
   * on two cores with 384 dimensions: exact search takes 18 ms at 20,000 and 89 ms at 100,000; with the index 5 ms,
   * finding 99 of the 100 nearest (of vectors in clusters; real ones lie less neatly).
   */
  readonly exactBelow?: number;
  /**
   * Below this number of chunks (vectors: and below `exactBelow`) a search without conditions compares with vectors and terms kept
   * in memory, 1.5 and 2 KB each: 0.5 ms at 1,000 chunks for either, where LanceDB takes 4 and 10 ms and turns of its threads.
   */
  readonly inMemoryBelow?: number;
  /**
   * Bytes of token vectors that are kept in memory, over all snapshots of the store. As many as the searcher of one
   * generation keeps (`search/rerank.ts`): a new generation finds here what the one before had read.
   */
  readonly tokenCacheBytes?: number;
  /** Bytes of index pages that LanceDB keeps in memory, and a quarter of that of files' metadata; its own default is 7 GB. */
  readonly indexCacheBytes?: number;
  /**
   * How long the files of a generation stay after the one that follows the next has replaced it, in milliseconds:
   * the longest time that a reader may hold a snapshot. The two newest generations always stay.
   */
  readonly readerGraceMs?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told of damage that was got around (an older generation served, rows to be made anew), as it happens. */
  readonly report?: (failure: Failure) => void;
}

export interface Settings {
  readonly exactBelow: number;
  readonly inMemoryBelow: number;
  readonly tokenCacheBytes: number;
  readonly indexCacheBytes: number;
  readonly readerGraceMs: number;
  readonly now: () => number;
  readonly report: (failure: Failure) => void;
}

const megabyte = 2 ** 20;

export function settingsOf(options: LanceStoreOptions): Settings {
  return {
    exactBelow: options.exactBelow ?? 50_000,
    inMemoryBelow: options.inMemoryBelow ?? 4000,
    tokenCacheBytes: options.tokenCacheBytes ?? 64 * megabyte,
    indexCacheBytes: options.indexCacheBytes ?? 128 * megabyte,
    readerGraceMs: options.readerGraceMs ?? 5 * 60_000,
    now: options.now ?? Date.now,
    report: options.report ?? (() => undefined),
  };
}
