/** A page of posts with the titles of their reviews: on the server, so that only what is shown travels. */
import { askPosts } from "#lib/api/client.ts";
import { expectValue } from "#lib/api/expect.ts";
import { pageOfPosts } from "#lib/browse/post-pages.ts";
import type { PageServerLoad } from "./$types.js";

export const load: PageServerLoad = async ({ fetch, url }) => {
  const { posts } = expectValue(await askPosts(fetch));
  return pageOfPosts(posts, Number(url.searchParams.get("page") ?? 1));
};
