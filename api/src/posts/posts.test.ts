/** The list of posts: what readers can read, newest first. */
import type { PostsResponse } from "@nonmun/core/contract";
import { expect, test } from "vitest";
import { sketches, storeCorpus } from "../testing/corpus.ts";
import { serveCorpus } from "../testing/server.ts";

test("posts of which nothing could be read are not listed", async () => {
  const unread = { path: "그림.mdx", date: "2025-12-01", papers: [] };
  const app = await serveCorpus({}, await storeCorpus([unread, ...sketches]));
  const { posts, total }: PostsResponse = await (await app.request("/api/posts")).json();
  expect(posts.map(({ path, papers }) => [path, papers.length])).toEqual([
    ["2025-10-29-papers-review.mdx", 3],
    ["archive/2025-09-01-papers-review.md", 1],
  ]);
  expect(total).toBe(2);
});
