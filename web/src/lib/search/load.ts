/** Asks for everything that the list of a search state shows: pages of results, and facets to choose further values from. */
import { type Facets, limits, type SearchResponse } from "@nonmun/core/contract";
import { askSearch, type Fetch } from "#lib/api/client.ts";
import type { Answer } from "#lib/api/problem.ts";
import { apiParameters, type SearchState } from "./url.ts";

/**
 * All requests are made at the same time. If a page of results fails, the whole answer is its problem.
 *
 * @throws DOMException `AbortError` when `signal` is aborted.
 */
export async function loadSearch(
  fetch: Fetch,
  state: SearchState,
  signal?: AbortSignal,
): Promise<Answer<SearchResponse>> {
  const offsets = Array.from(
    { length: Math.ceil(state.shown / limits.pageMax) },
    (_, page) => page * limits.pageMax,
  );
  const [answers, open] = await Promise.all([
    Promise.all(
      offsets.map((offset) => {
        const limit = Math.min(limits.pageMax, state.shown - offset);
        return askSearch(fetch, apiParameters(state, offset, limit), signal);
      }),
    ),
    loadOpenFacets(fetch, state, signal),
  ]);
  const values: SearchResponse[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    values.push(answer.value);
  }
  const [first] = values;
  if (first === undefined) throw new RangeError("A search shows at least one page.");
  const facets = { ...first.facets, ...open };
  return { ok: true, value: { ...first, facets, results: values.flatMap((value) => value.results) } };
}

/**
 * The counts of an answer are those of its own result, so a facet that is filtered by would offer nothing else. Its values
 * are counted in the search without that one filter: that is what choosing one more would add.
 */
async function loadOpenFacets(
  fetch: Fetch,
  state: SearchState,
  signal?: AbortSignal,
): Promise<Partial<Facets>> {
  const without: readonly (readonly [keyof Facets, SearchState, boolean])[] = [
    ["org", { ...state, org: [] }, state.org.length > 0],
    ["tag", { ...state, tag: [] }, state.tag.length > 0],
    ["year", { ...state, from: null, to: null }, state.from !== null || state.to !== null],
    ["post", { ...state, post: null }, state.post !== null],
  ];
  const asked = without.filter(([, , isFiltered]) => isFiltered);
  const answers = await Promise.all(
    asked.map(([, other]) => askSearch(fetch, apiParameters({ ...other, explain: false }, 0, 1), signal)),
  );
  // A facet that could not be counted keeps the counts of the result.
  const counted = asked.flatMap(([name], at) => {
    const answer = answers[at];
    return answer?.ok ? [[name, answer.value.facets[name]] as const] : [];
  });
  return Object.fromEntries(counted);
}
