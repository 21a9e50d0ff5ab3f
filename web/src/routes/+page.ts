/** Loads the search page from its address: one page for every state of the search. */
import type { StatusResponse } from "@nonmun/core/contract";
import type { IndexProgress } from "@nonmun/core/model/progress";
import { askStatus } from "#lib/api/client.ts";
import { loadSearch } from "#lib/search/load.ts";
import { takePrepared } from "#lib/search/prepared.ts";
import { isFiltered, parseSearch, searchHref } from "#lib/search/url.ts";
import type { PageLoad } from "./$types.js";

/** The run that is under way, or null. */
function runOf({ indexing }: StatusResponse): IndexProgress | null {
  return ["reading", "embedding", "writing"].includes(indexing.phase) ? indexing : null;
}

export const load: PageLoad = async ({ url, fetch }) => {
  const state = parseSearch(url.searchParams);
  const isStart = state.q.trim() === "" && !isFiltered(state);
  const [answer, status] = await Promise.all([
    takePrepared(searchHref(state)) ?? loadSearch(fetch, state),
    isStart ? askStatus(fetch) : null,
  ]);
  const known = status?.ok ? status.value : null;
  return { state, isStart, answer, status: known, indexing: known === null ? null : runOf(known) };
};
