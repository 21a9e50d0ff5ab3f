/** Reads a search from the address of the search page. What makes no sense takes its default: an address is never an error. */
import { limits, type SearchSort, searchSorts } from "@nonmun/core/contract";
import type { SearchRequest } from "@nonmun/core/ports/searcher";

/** @param query of the address: `?q=…&org=…` */
export function requestOf(query: string): SearchRequest {
  const parameters = new URLSearchParams(query);
  const many = (name: string): readonly string[] => parameters.getAll(name).filter((value) => value !== "");
  const one = (name: string): string | undefined => parameters.get(name) || undefined;
  const filters = { org: many("org"), tag: many("tag"), post: one("post"), from: one("from"), to: one("to") };
  const sort: SearchSort = searchSorts.find((known) => known === parameters.get("sort")) ?? "relevance";
  const shown = Number(parameters.get("shown"));
  return {
    text: (parameters.get("q") ?? "").slice(0, limits.queryMax),
    // Without a model this is a search by words that asks the glossary, too, which `lexical` would not.
    mode: "hybrid",
    filters: Object.fromEntries(
      Object.entries(filters).filter(([, value]) => value !== undefined && value.length > 0),
    ),
    sort,
    limit: Number.isInteger(shown) && shown > limits.pageDefault ? shown : limits.pageDefault,
    offset: 0,
    explain: false,
  };
}
