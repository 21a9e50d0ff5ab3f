/** Loads one review with its related papers; the search that led here comes along in the address. */
import { askPaper, askRelated } from "#lib/api/client.ts";
import { expectValue } from "#lib/api/expect.ts";
import { parseSearch } from "#lib/search/url.ts";
import type { PageLoad } from "./$types.js";

export const load: PageLoad = async ({ params, url, fetch }) => {
  const [paper, related] = await Promise.all([askPaper(fetch, params.id), askRelated(fetch, params.id)]);
  return {
    paper: expectValue(paper),
    related: related.ok ? related.value.related : [],
    search: parseSearch(url.searchParams),
  };
};
