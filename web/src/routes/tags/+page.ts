/** The tags with their counts: those of the search for everything. */
import { askSearch } from "#lib/api/client.ts";
import { expectValue } from "#lib/api/expect.ts";
import { apiParameters, emptySearch } from "#lib/search/url.ts";
import type { PageLoad } from "./$types.js";

export const load: PageLoad = async ({ fetch }) => {
  const { facets } = expectValue(await askSearch(fetch, apiParameters(emptySearch, 0, 1)));
  return { tags: facets.tag };
};
