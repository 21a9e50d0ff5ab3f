/** The port to search: what the API, the terminal and the evaluation ask, whatever the ranking behind it. */
import type {
  MapTopic,
  RelatedPaper,
  SearchFilters,
  SearchMode,
  SearchResponse,
  SearchSort,
  Suggestion,
} from "../contract.ts";
import type { Embedder } from "./embedder.ts";
import type { Snapshot } from "./index-store.ts";

export interface SearchRequest {
  /** As typed; operators (`org:x`, `"…"`, `-word`) are understood inside it. */
  readonly text: string;
  readonly mode: SearchMode;
  readonly filters: SearchFilters;
  readonly sort: SearchSort;
  readonly limit: number;
  readonly offset: number;
  readonly explain: boolean;
}

/** Where a paper lies on the map: both coordinates from 0 to 1. */
export interface MapPlace {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface Searcher {
  /** Never fails because of what the query says; without an embedder it answers lexically and says so in `degraded`. */
  search(request: SearchRequest, options?: { readonly signal?: AbortSignal }): Promise<SearchResponse>;
  /** Papers near the given ones, best first, without them. Unknown ids are ignored. */
  related(paperIds: readonly string[], limit: number): Promise<readonly RelatedPaper[]>;
  suggest(text: string, limit: number): Promise<readonly Suggestion[]>;
  /** Names for the regions of a map, the fullest first. */
  topics(places: readonly MapPlace[]): Promise<readonly MapTopic[]>;
  /** Makes what the first request would wait for: call it before a searcher takes the place of another. */
  prepare(): Promise<void>;
}

/** What a searcher is made of. One searcher belongs to one snapshot. */
export interface SearcherDeps {
  readonly snapshot: Snapshot;
  /** Null while the model is loading or could not be loaded. */
  readonly embedder: Embedder | null;
  /** Address of the original blog: see `sourceHref`. */
  readonly siteUrl: string | null;
  /** Milliseconds from any fixed point, for `tookMs`. */
  readonly clock: () => number;
  /**
   * Lets other requests have their turn: waited for between slices of a few milliseconds. Without it a search computes
   * in longer pieces.
   */
  readonly pause?: () => Promise<void>;
}
