/**
 * Asks the server for a page of each kind before the first visitor does: what is loaded and compiled with it would make that one
 * wait, and with it everybody else, for the event loop is busy meanwhile.
 */
import type { SearchResponse } from "@nonmun/core/contract";

const query = encodeURIComponent("논문 review");

/** The heaviest first: what it compiles, the others find compiled. */
const paths: readonly string[] = [
  `/?q=${query}`,
  "/",
  "/posts",
  "/orgs",
  "/tags",
  "/map",
  "/map/papers",
  `/api/suggest?q=${query}`,
  "/feed.xml",
];

/** Whatever answers will do: this is about having answered once. One at a time, so that requests in between have their turn. */
export async function rehearse(url: string, signal: AbortSignal): Promise<void> {
  const ask = (path: string): Promise<Response> => fetch(new URL(path, url), { signal });
  for (const path of paths) await (await ask(path)).arrayBuffer();
  const newest = await ask("/api/search?limit=1");
  if (!newest.ok) return;
  const { results } = (await newest.json()) as SearchResponse;
  for (const { paper } of results) await (await ask(paper.href)).arrayBuffer();
}
