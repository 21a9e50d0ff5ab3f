/** Searches a published site: the product's own ranking over the catalogue and text that the site ships, off the page's thread. */
import { openPublishedIndex, type PublishedIndex } from "@nonmun/core/adapters/published-index";
import { limits } from "@nonmun/core/contract";
import type { Searcher } from "@nonmun/core/ports/searcher";
import { createRanking } from "@nonmun/core/search/ranking";
import { createSearcher } from "@nonmun/core/search/searcher";
import type { Asked, Told } from "./messages.ts";
import { requestOf } from "./request.ts";

const suggestionsMax = 6;
let opening: Promise<Searcher> | null = null;

self.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  void answer(data).then((told) => self.postMessage(told));
});

async function answer({ number, query }: Asked): Promise<Told> {
  try {
    const request = requestOf(query);
    opening ??= open();
    const searcher = await opening;
    const [found, suggestions] = await Promise.all([
      searcher.search(request),
      request.text.trim() === "" ? [] : searcher.suggest(request.text, suggestionsMax),
    ]);
    const next = request.limit < found.total ? request.limit + limits.pageDefault : null;
    return { number, kind: "found", answer: found, suggestions, next };
  } catch (error) {
    // The next question tries again: the network may be back.
    opening = null;
    return { number, kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

async function open(): Promise<Searcher> {
  const response = await fetch(new URL("search.json", self.location.href));
  if (!response.ok) throw new Error(`search.json: ${response.status}`);
  const index = (await response.json()) as PublishedIndex;
  const searcher = createSearcher({
    snapshot: openPublishedIndex(index),
    embedder: null,
    ranking: createRanking({ glossary: index.glossary, embedder: null, similarity: null }),
    siteUrl: index.siteUrl,
    clock: () => performance.now(),
  });
  await searcher.prepare();
  return searcher;
}
