/** Asks for everything that the list of a search state shows: one or more pages of results as one answer. */
import { limits, type SearchResponse } from "@nonmun/core/contract";
import { askSearch, type Fetch } from "#lib/api/client.ts";
import type { Answer } from "#lib/api/problem.ts";
import { apiParameters, type SearchState } from "./url.ts";

/**
 * The pages are asked for at the same time. If one fails, the whole answer is its problem.
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
  const answers = await Promise.all(
    offsets.map((offset) =>
      askSearch(fetch, apiParameters(state, offset, Math.min(limits.pageMax, state.shown - offset)), signal),
    ),
  );
  const values: SearchResponse[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    values.push(answer.value);
  }
  const [first] = values;
  if (first === undefined) throw new RangeError("A search shows at least one page.");
  return { ok: true, value: { ...first, results: values.flatMap((value) => value.results) } };
}
