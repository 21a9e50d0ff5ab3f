/** Which points of the map the search in the address lights up. */
import type { SearchResult } from "@nonmun/core/contract";
import { loadSearch } from "#lib/search/load.ts";
import { isFiltered, parseSearch, shownMax } from "#lib/search/url.ts";
import type { PageLoad } from "./$types.js";

/** Below this probability of relevance a paper is near the query, but no match of it, unless it says the very words. */
const leastScore = 0.3;

export const load: PageLoad = async ({ data, url, fetch }) => {
  const search = parseSearch(url.searchParams);
  const colour = url.searchParams.get("colour") === "year" ? ("year" as const) : ("org" as const);
  if (search.q.trim() === "" && !isFiltered(search))
    return { ...data, search, colour, lit: null, problem: null };
  const answer = await loadSearch(fetch, { ...search, shown: shownMax });
  if (!answer.ok) return { ...data, search, colour, lit: null, problem: answer.problem };
  const matches = answer.value.results.filter((result) => {
    return search.q.trim() === "" || result.score >= leastScore || saysTheWords(result);
  });
  return { ...data, search, colour, lit: matches.map(({ paper }) => paper.id), problem: null };
};

function saysTheWords({ sections }: SearchResult): boolean {
  return sections.some(({ snippet }) => snippet.marks.some(({ kind }) => kind === "literal"));
}
