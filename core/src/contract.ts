/** The wire types and limits that the API answers with and the page reads. Safe in a browser: types and constants alone. */
import type { Figure, Heading } from "./model/paper.ts";
import type { Range } from "./model/place.ts";
import type { IndexProgress } from "./model/progress.ts";

export const limits = {
  /** Papers on one page of results. */
  pageDefault: 10,
  pageMax: 50,
  /** Longest query, in UTF-16 code units. */
  queryMax: 1000,
  suggestionsMax: 10,
  /** Most posts, orgs and points of the map in one answer, which is also how many come unless fewer are asked for. */
  postsMax: 1000,
  orgsMax: 10_000,
  pointsMax: 20_000,
} as const;

export const searchModes = ["hybrid", "semantic", "lexical"] as const;
export type SearchMode = (typeof searchModes)[number];
export const searchSorts = ["relevance", "newest"] as const;
export type SearchSort = (typeof searchSorts)[number];

export interface PostLink {
  readonly path: string;
  readonly title: string;
}

export interface PaperSummary {
  readonly id: string;
  readonly kind: "paper" | "note";
  readonly title: string;
  readonly subtitle: string | null;
  readonly arxivId: string | null;
  readonly url: string | null;
  readonly orgs: readonly string[];
  readonly tags: readonly string[];
  readonly date: string | null;
  readonly post: PostLink;
  readonly href: string;
  /** The review in the original blog; null unless `NONMUN_SITE_URL` is set. */
  readonly sourceHref: string | null;
}

/** A marked piece of a snippet: the query's own words, or words of the same meaning. `strength` is 0 to 1. */
export interface Mark {
  readonly range: Range;
  readonly kind: "literal" | "meaning";
  readonly strength: number;
}

/** `ranges` are those of all marks, sorted and apart; offsets are UTF-16 code units into `text`, which is never HTML. */
export interface Snippet {
  readonly text: string;
  readonly ranges: readonly Range[];
  readonly marks: readonly Mark[];
}

export interface SectionHit {
  readonly heading: readonly string[];
  readonly anchor: string;
  readonly href: string;
  readonly snippet: Snippet;
  readonly score: number;
}

/** Where a paper stood in one stage: rank from 1, and that stage's own score. */
export interface StageScore {
  readonly rank: number;
  readonly score: number;
}

/** Why a paper stands where it does. Each stage that saw the paper is named; `notes` say more, as sentences. */
export interface Explanation {
  readonly semantic?: StageScore;
  readonly lexical?: StageScore;
  readonly fused?: StageScore;
  readonly lateInteraction?: StageScore;
  readonly exact?: { readonly rule: string; readonly matched: string };
  readonly terms?: readonly { readonly query: string; readonly matched: string; readonly score: number }[];
  readonly notes?: readonly string[];
  /** What `notes` say, as data, for a page in another language. */
  readonly remarks?: readonly Remark[];
}

/**
 * The glossary's equivalents that a term of the query was also compared with; a concept that the whole query seems to describe, by
 * its everyday `description`, with the terms that were also compared and how close it is (0 to 1); or a score made of the
 * neighbours' too.
 */
export type Remark =
  | { readonly kind: "equivalents"; readonly term: string; readonly equivalents: readonly string[] }
  | {
      readonly kind: "concept";
      readonly concept: string;
      readonly description: string;
      readonly terms: readonly string[];
      readonly closeness: number;
    }
  | { readonly kind: "neighbours"; readonly before: number; readonly after: number };

/**
 * What a search could not do: no model or a failed one (words only), failed terms of the glossary, a phrase that none holds, dates
 * (`after:2025-99-99`) that can't be read and were searched as words.
 */
export type Limitation =
  | { readonly code: "not-loaded" | "failed" | "terms-failed" }
  | { readonly code: "phrase-not-found"; readonly phrases: readonly string[] }
  | { readonly code: "not-a-date"; readonly words: readonly string[] };

export interface SearchResult {
  readonly paper: PaperSummary;
  /** Calibrated probability that the paper is relevant, 0 to 1. */
  readonly score: number;
  readonly sections: readonly SectionHit[];
  readonly explain?: Explanation;
}

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

export interface Facets {
  readonly org: readonly FacetCount[];
  readonly tag: readonly FacetCount[];
  readonly year: readonly FacetCount[];
  readonly post: readonly FacetCount[];
}

export interface SearchFilters {
  readonly org?: readonly string[];
  readonly tag?: readonly string[];
  readonly post?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface SearchResponse {
  readonly query: {
    readonly text: string;
    readonly mode: SearchMode;
    readonly filters: SearchFilters;
    /** What the person may have meant (keyboard layout, spelling), or null. */
    readonly suggestion: string | null;
  };
  readonly total: number;
  readonly match: "good" | "weak";
  readonly tookMs: number;
  /** What could not be done, as English sentences. */
  readonly degraded: readonly string[];
  /** The same as data, one for each sentence. */
  readonly limitations: readonly Limitation[];
  readonly results: readonly SearchResult[];
  readonly facets: Facets;
}

export interface PaperDetail extends PaperSummary {
  readonly html: string;
  readonly headings: readonly Heading[];
  readonly figures: readonly Figure[];
  readonly anchor: string;
  readonly previous: PaperSummary | null;
  readonly next: PaperSummary | null;
  /** Other reviews of the same arXiv paper. */
  readonly sameArxivId: readonly PaperSummary[];
}

export interface RelatedPaper {
  readonly paper: PaperSummary;
  readonly score: number;
}

export interface PostSummary extends PostLink {
  readonly slug: string;
  readonly date: string | null;
  readonly tags: readonly string[];
  readonly papers: readonly PaperSummary[];
  readonly sourceHref: string | null;
}

export interface OrgSummary {
  readonly name: string;
  readonly papers: number;
  readonly latest: string | null;
}

export interface Suggestion {
  readonly kind: "title" | "org" | "term";
  readonly text: string;
  readonly href: string;
}

export interface MapPoint {
  readonly paper: PaperSummary;
  readonly x: number;
  readonly y: number;
}

/** The name of a region of the map, in the middle of its papers. */
export interface MapTopic {
  readonly en: string;
  /** Null where the glossary has no Korean for it. */
  readonly ko: string | null;
  readonly x: number;
  readonly y: number;
  readonly papers: number;
}

/** What the list routes answer with: one named list each, so that an answer can grow without breaking its readers. */
export interface RelatedResponse {
  readonly related: readonly RelatedPaper[];
}

export interface PostsResponse {
  readonly posts: readonly PostSummary[];
  /** Of all posts, of which `posts` is the page asked for. */
  readonly total: number;
}

export interface OrgsResponse {
  readonly orgs: readonly OrgSummary[];
  /** Of all orgs, of which `orgs` is the page asked for. */
  readonly total: number;
}

export interface SuggestResponse {
  readonly suggestions: readonly Suggestion[];
}

/** `points` is empty while no layout has been computed. */
export interface MapResponse {
  readonly points: readonly MapPoint[];
  /** Of all points, of which `points` is the page asked for. */
  readonly total: number;
  /** The fullest regions first. */
  readonly topics: readonly MapTopic[];
}

export interface StatusResponse {
  readonly counts: {
    readonly posts: number;
    readonly papers: number;
    readonly notes: number;
    readonly chunks: number;
  };
  readonly model: {
    readonly id: string;
    readonly state: "loading" | "ready" | "failed";
    readonly dimensions: number | null;
  };
  readonly index: {
    readonly generation: number;
    readonly createdAt: string;
    readonly complete: boolean;
  } | null;
  readonly lastRun: import("./model/manifest.ts").RunReport | null;
  readonly indexing: IndexProgress;
}

/** `GET /readyz`: 200 when `ready`; with 503 the same members stand beside those of a {@link Problem}. */
export interface ReadyResponse {
  readonly ready: boolean;
  readonly model: StatusResponse["model"];
  readonly indexing: IndexProgress;
}

/** `POST /api/index`, 202. Progress is told at `events`. */
export interface IndexJob {
  readonly job: string;
  readonly events: string;
}

/** RFC 9457. `code` is stable; `detail` says what is wrong and what to do. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** The parameter that is wrong, where there is one. */
  readonly parameter?: string;
}
