/** `GET /api/posts`: every post with its papers, newest first. */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { limits, type PaperSummary, type PostSummary, type PostsResponse } from "@nonmun/core/contract";
import type { PaperCard, StoredPost } from "@nonmun/core/ports/index-store";
import { postSourceHref, summarize } from "@nonmun/core/search/links";
import type { AppDeps } from "../deps.ts";
import { listParameters, pageOf } from "../listing.ts";
import { badParameter, noIndex, notModified } from "../problems/documented.ts";
import { postsResponse } from "../schemas/paper.ts";
import { perGeneration } from "../view.ts";

const route = createRoute({
  method: "get",
  path: "/api/posts",
  summary: "All posts with their papers, newest first",
  tags: ["Papers"],
  request: { query: listParameters(limits.postsMax) },
  responses: {
    200: { description: "Posts.", content: { "application/json": { schema: postsResponse } } },
    ...notModified,
    ...badParameter,
    ...noIndex,
  },
});

export function addPosts(app: OpenAPIHono, deps: AppDeps): void {
  app.openapi(route, (c) =>
    perGeneration(deps, c, async ({ snapshot }) => {
      const [posts, catalogue] = await Promise.all([snapshot.posts(), snapshot.catalogue()]);
      const all = listPosts(posts, catalogue, deps.siteUrl);
      const answer: PostsResponse = { posts: pageOf(all, c.req.valid("query")), total: all.length };
      return c.json(answer);
    }),
  );
}

/**
 * Newest first, undated last; papers in the order of their post. A post of which nothing can be read (empty, no text, too large) is
 * a matter for `doctor`, not for readers.
 */
export function listPosts(
  posts: readonly StoredPost[],
  catalogue: readonly PaperCard[],
  siteUrl: string | null,
): readonly PostSummary[] {
  const cards = Map.groupBy(catalogue, (card) => card.postPath);
  const readable = posts.filter((post) => cards.has(post.path));
  return readable.toSorted(newestFirst).map((post) => ({
    path: post.path,
    title: post.title,
    slug: post.slug,
    date: post.date,
    tags: post.tags,
    papers: inOrder(cards.get(post.path) ?? [], siteUrl),
    sourceHref: postSourceHref(post, siteUrl),
  }));
}

function inOrder(cards: readonly PaperCard[], siteUrl: string | null): readonly PaperSummary[] {
  return cards.toSorted((a, b) => a.order - b.order).map((card) => summarize(card, siteUrl));
}

function newestFirst(a: StoredPost, b: StoredPost): number {
  return descending(a.date ?? "", b.date ?? "") || descending(a.path, b.path);
}

function descending(a: string, b: string): number {
  return a === b ? 0 : a < b ? 1 : -1;
}
