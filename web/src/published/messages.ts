/** What page and worker of a published site say to each other. */
import type { SearchResponse, Suggestion } from "@nonmun/core/contract";

export interface Asked {
  /** Answers bear the number of what they answer: one to an older question is dropped. */
  readonly number: number;
  /** Of the search page's address. */
  readonly query: string;
}

/** `unreachable`: a file did not come. `damaged`: it came, but makes no sense. `broken`: anything else, which is a bug. */
export type Trouble = "unreachable" | "damaged" | "broken";

export type Told = Found | Failed;

export interface Found {
  readonly number: number;
  readonly kind: "found";
  readonly answer: SearchResponse;
  readonly suggestions: readonly Suggestion[];
  /** How many results to show for more of them; null when all are shown. */
  readonly next: number | null;
}

export interface Failed {
  readonly number: number;
  readonly kind: "failed";
  readonly trouble: Trouble;
  /** For whoever is told of it: the browser's own words. */
  readonly detail: string;
}
