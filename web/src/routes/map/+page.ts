/** Which points of the map the search in the address lights up. */
import { loadSearch } from "#lib/search/load.ts";
import { isFiltered, parseSearch, shownMax } from "#lib/search/url.ts";
import type { PageLoad } from "./$types.js";

/** Below this probability of relevance a paper is near the query, but no match of it. */
const leastScore = 0.3;

export const load: PageLoad = async ({ data, url, fetch }) => {
  const search = parseSearch(url.searchParams);
  const colour = url.searchParams.get("colour") === "year" ? ("year" as const) : ("org" as const);
  if (search.q.trim() === "" && !isFiltered(search))
    return { ...data, search, colour, lit: null, problem: null };
  const answer = await loadSearch(fetch, { ...search, shown: shownMax });
  if (!answer.ok) return { ...data, search, colour, lit: null, problem: answer.problem };
  const matches = answer.value.results.filter(({ score }) => search.q.trim() === "" || score >= leastScore);
  return { ...data, search, colour, lit: matches.map(({ paper }) => paper.id), problem: null };
};
