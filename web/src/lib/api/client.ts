/** The typed client of the API. `fetch` is the load function's, so that the server answers itself in process. */
import type {
  MapResponse,
  OrgsResponse,
  PaperDetail,
  PostSummary,
  PostsResponse,
  RelatedResponse,
  SearchResponse,
  StatusResponse,
  SuggestResponse,
} from "@nonmun/core/contract";
import { type Answer, problemOf, unreachableProblem } from "./problem.ts";

export type Fetch = typeof globalThis.fetch;

/**
 * Asks the API for JSON.
 *
 * @throws DOMException `AbortError` when `signal` is aborted; every other failure is in the answer.
 */
export async function ask<T>(fetch: Fetch, path: string, signal?: AbortSignal): Promise<Answer<T>> {
  try {
    const response = await fetch(path, {
      headers: { accept: "application/json" },
      ...(signal === undefined ? {} : { signal }),
    });
    if (!response.ok) return { ok: false, problem: await problemOf(response) };
    return { ok: true, value: (await response.json()) as T };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { ok: false, problem: unreachableProblem(error) };
  }
}

export function askSearch(fetch: Fetch, parameters: URLSearchParams, signal?: AbortSignal) {
  return ask<SearchResponse>(fetch, `/api/search?${parameters}`, signal);
}

export function askSuggestions(fetch: Fetch, text: string, signal?: AbortSignal) {
  const parameters = new URLSearchParams({ q: text });
  return ask<SuggestResponse>(fetch, `/api/suggest?${parameters}`, signal);
}

export function askPaper(fetch: Fetch, id: string) {
  return ask<PaperDetail>(fetch, paperPath(id));
}

export function askRelated(fetch: Fetch, id: string) {
  return ask<RelatedResponse>(fetch, `${paperPath(id)}/related`);
}

/** All posts: what is more than one answer holds comes with the next. */
export async function askPosts(fetch: Fetch): Promise<Answer<PostsResponse>> {
  const all: PostSummary[] = [];
  for (;;) {
    const answer = await ask<PostsResponse>(fetch, `/api/posts?offset=${all.length}`);
    if (!answer.ok) return answer;
    const { posts, total } = answer.value;
    all.push(...posts);
    // Said so that an answer without a total ends it too: an older server sends all posts, whatever is asked.
    if (posts.length === 0 || !(all.length < total)) return { ok: true, value: { posts: all, total } };
  }
}

export function askOrgs(fetch: Fetch) {
  return ask<OrgsResponse>(fetch, "/api/orgs");
}

export function askMap(fetch: Fetch, signal?: AbortSignal) {
  return ask<MapResponse>(fetch, "/api/map", signal);
}

export function askStatus(fetch: Fetch) {
  return ask<StatusResponse>(fetch, "/api/status");
}

/** Where the API keeps a paper. Each part of the id is percent-encoded; the slashes stay. */
export function paperPath(id: string): string {
  const parts = id.split("/");
  // Parts of dots alone would climb out of the path, however they are encoded; among encoded slashes they are no parts.
  const climbs = parts.some((part) => part === "." || part === "..");
  return `/api/papers/${climbs ? encodeURIComponent(id) : parts.map(encodeURIComponent).join("/")}`;
}
