/** Every post with the titles of its reviews: on the server, so that only what is shown travels. */
import { askPosts } from "#lib/api/client.ts";
import { expectValue } from "#lib/api/expect.ts";
import type { PageServerLoad } from "./$types.js";

export const load: PageServerLoad = async ({ fetch }) => {
  const { posts } = expectValue(await askPosts(fetch));
  const shown = posts.map(({ path, title, date, tags, papers, sourceHref }) => ({
    path,
    title,
    date,
    tags,
    sourceHref,
    papers: papers.map((paper) => ({ title: paper.title, href: paper.href, orgs: paper.orgs })),
  }));
  const newestFirst = shown.toSorted((a, b) => (b.date ?? "").localeCompare(a.date ?? ""));
  return { years: [...Map.groupBy(newestFirst, ({ date }) => date?.slice(0, 4) ?? null)] };
};
