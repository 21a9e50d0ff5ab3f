/** Loads one review with its related papers; the search that led here comes along in the address. */
import { error } from "@sveltejs/kit";
import { askPaper, askRelated } from "#lib/api/client.ts";
import { parseSearch } from "#lib/search/url.ts";
import type { PageLoad } from "./$types.js";

export const load: PageLoad = async ({ params, url, fetch }) => {
  const [paper, related] = await Promise.all([askPaper(fetch, params.id), askRelated(fetch, params.id)]);
  if (!paper.ok) {
    const { status, code, detail, title } = paper.problem;
    error(status, title, { code, detail });
  }
  return {
    paper: paper.value,
    related: related.ok ? related.value.related : [],
    search: parseSearch(url.searchParams),
  };
};
