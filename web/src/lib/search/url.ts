/** The state of the search page, and its form in the address: the address alone is enough to make the page again. */
import { limits, type SearchMode, type SearchSort, searchModes, searchSorts } from "@nonmun/core/contract";

export interface SearchState {
  readonly q: string;
  readonly org: readonly string[];
  readonly tag: readonly string[];
  readonly post: string | null;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string | null;
  readonly to: string | null;
  readonly sort: SearchSort;
  readonly mode: SearchMode;
  /** How many results are shown: a multiple of a page. */
  readonly shown: number;
  readonly explain: boolean;
}

export const emptySearch: SearchState = {
  q: "",
  org: [],
  tag: [],
  post: null,
  from: null,
  to: null,
  sort: "relevance",
  mode: "hybrid",
  shown: limits.pageDefault,
  explain: false,
};

/** Results that one list grows to; beyond it a narrower query helps more than a longer list. */
export const shownMax = 200;

/** Reads the state of an address. What is missing or makes no sense takes its default: an address is never an error. */
export function parseSearch(parameters: URLSearchParams): SearchState {
  return {
    q: printable(parameters.get("q") ?? "").slice(0, limits.queryMax),
    org: distinct(parameters.getAll("org").map(printable)),
    tag: distinct(parameters.getAll("tag").map(printable)),
    post: printable(parameters.get("post") ?? "") || null,
    from: day(parameters.get("from")),
    to: day(parameters.get("to")),
    sort: searchSorts.find((sort) => sort === parameters.get("sort")) ?? "relevance",
    mode: searchModes.find((mode) => mode === parameters.get("mode")) ?? "hybrid",
    shown: pages(parameters.get("shown")),
    explain: parameters.get("explain") === "1",
  };
}

/** The address of a state, without what is at its default: `?q=…&org=…`, or `` for the empty search. */
export function searchQuery(state: SearchState): string {
  const parameters = filterParameters(state);
  if (state.sort !== "relevance") parameters.set("sort", state.sort);
  if (state.mode !== "hybrid") parameters.set("mode", state.mode);
  if (state.shown !== limits.pageDefault) parameters.set("shown", String(state.shown));
  if (state.explain) parameters.set("explain", "1");
  return parameters.size === 0 ? "" : `?${parameters}`;
}

export function searchHref(state: SearchState): string {
  return `/${searchQuery(state)}`;
}

/** What the API is asked for one page of at most `limits.pageMax` results. */
export function apiParameters(state: SearchState, offset: number, limit: number): URLSearchParams {
  const parameters = filterParameters(state);
  parameters.set("mode", state.mode);
  parameters.set("sort", state.sort);
  parameters.set("limit", String(limit));
  parameters.set("offset", String(offset));
  if (state.explain) parameters.set("explain", "true");
  return parameters;
}

/** A change of query or filters begins again at the first page. */
export function changed(state: SearchState, change: Partial<SearchState>): SearchState {
  return { ...state, shown: limits.pageDefault, ...change };
}

/** Adds a value to a filter, or takes it out. */
export function toggled(state: SearchState, field: "org" | "tag", value: string): SearchState {
  const values = state[field];
  return changed(state, {
    [field]: values.includes(value) ? values.filter((other) => other !== value) : [...values, value],
  });
}

/** Limits the search to a year; the same year again lifts the limit. */
export function toggledYear(state: SearchState, year: string): SearchState {
  return changed(
    state,
    yearOf(state) === year ? { from: null, to: null } : { from: `${year}-01-01`, to: `${year}-12-31` },
  );
}

/** The year, when the dates are exactly one year. */
export function yearOf({ from, to }: SearchState): string | null {
  const year = from?.slice(0, 4) ?? null;
  return year !== null && from === `${year}-01-01` && to === `${year}-12-31` ? year : null;
}

export function isFiltered(state: SearchState): boolean {
  return filterParameters({ ...state, q: "" }).size > 0;
}

/**
 * The link to a paper that carries the search along: the passage can be marked, and the way back is known.
 *
 * @param query of the search's address, as {@link searchQuery} makes it: a list has hundreds of links with the same one
 */
export function withSearch(href: string, query: string): string {
  const at = href.indexOf("#");
  return at < 0 ? href + query : href.slice(0, at) + query + href.slice(at);
}

/** All papers of an org, or with a tag. */
export function facetHref(field: "org" | "tag", value: string): string {
  return `/?${field}=${encodeURIComponent(value)}`;
}

function filterParameters(state: SearchState): URLSearchParams {
  const parameters = new URLSearchParams();
  if (state.q !== "") parameters.set("q", state.q);
  for (const org of state.org) parameters.append("org", org);
  for (const tag of state.tag) parameters.append("tag", tag);
  if (state.post !== null) parameters.set("post", state.post);
  if (state.from !== null) parameters.set("from", state.from);
  if (state.to !== null) parameters.set("to", state.to);
  return parameters;
}

/** HTML has no place for NULs and other control characters: those that stand for a blank become one, the others nothing. */
function printable(value: string): string {
  return value.replace(/[\t\n\v\f\r\u0085]+/gu, " ").replace(/\p{Cc}+/gu, "");
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== ""))];
}

function day(value: string | null): string | null {
  return value !== null && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? value : null;
}

function pages(value: string | null): number {
  const wanted = Math.ceil(Number(value) / limits.pageDefault) * limits.pageDefault;
  return Number.isFinite(wanted)
    ? Math.min(Math.max(wanted, limits.pageDefault), shownMax)
    : limits.pageDefault;
}
