/** Posts a page at a time: none is lost, none comes twice, each year is found. */
import { expect, test } from "vitest";
import { pageOfPosts } from "./post-pages.ts";

const posts = Array.from({ length: 45 }, (_, at) => ({
  path: `${at}.md`,
  slug: String(at),
  title: `글 ${at}`,
  date: at === 44 ? null : `${at < 25 ? 2025 : 2024}-01-${String(28 - (at % 25)).padStart(2, "0")}`,
  tags: [],
  papers: [],
  sourceHref: null,
}));

test("the pages together are all posts, newest first, each once", () => {
  const paths = [1, 2, 3].flatMap((page) =>
    pageOfPosts(posts, page).groups.flatMap(([, shown]) => shown.map(({ path }) => path)),
  );
  expect(paths).toEqual(posts.map(({ path }) => path));
});

test("each year leads to the page where it begins, and posts without a date come last", () => {
  expect(pageOfPosts(posts, 1).years).toEqual([
    { year: "2025", posts: 25, page: 1 },
    { year: "2024", posts: 19, page: 2 },
    { year: null, posts: 1, page: 3 },
  ]);
});

test("a page that isn't there becomes the nearest that is", () => {
  expect([0, 99, Number.NaN].map((wanted) => pageOfPosts(posts, wanted).page)).toEqual([1, 3, 1]);
  expect(pageOfPosts([], 1)).toEqual({ page: 1, pages: 1, years: [], groups: [] });
});
