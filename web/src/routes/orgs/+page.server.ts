/** Orgs with their papers by month, counted on the server. */
import { askOrgs, askPosts } from "#lib/api/client.ts";
import { expectValue } from "#lib/api/expect.ts";
import { countMonths, monthRange } from "#lib/browse/months.ts";
import type { PageServerLoad } from "./$types.js";

/** Months shown beside each org. */
const monthsShown = 24;

export const load: PageServerLoad = async ({ fetch }) => {
  const [orgs, posts] = await Promise.all([askOrgs(fetch), askPosts(fetch)]);
  const papers = expectValue(posts).posts.flatMap((post) => post.papers);
  const range = monthRange(papers.map(({ date }) => date)).slice(-monthsShown);
  const listed = expectValue(orgs).orgs.map((org) => {
    const dates = papers.filter((paper) => paper.orgs.includes(org.name)).map(({ date }) => date);
    return { ...org, counts: countMonths(dates, range).map(({ count }) => count) };
  });
  return {
    orgs: listed,
    most: Math.max(1, ...listed.flatMap(({ counts }) => counts)),
  };
};
