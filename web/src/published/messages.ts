/** What page and worker of a published site say to each other. */
import type { SearchResponse, Suggestion } from "@nonmun/core/contract";

export interface Asked {
  /** Answers bear the number of what they answer: one to an older question is dropped. */
  readonly number: number;
  /** Of the search page's address. */
  readonly query: string;
}

export type Told = Found | { readonly number: number; readonly kind: "failed"; readonly reason: string };

interface Found {
  readonly number: number;
  readonly kind: "found";
  readonly answer: SearchResponse;
  readonly suggestions: readonly Suggestion[];
  /** How many results to show for more of them; null when all are shown. */
  readonly next: number | null;
}
