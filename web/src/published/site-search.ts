/** Answers the questions of the page: fetches the site's index with the first one, and searches it with the product's own ranking. */
import {
  openPublishedIndex,
  type PublishedIndex,
  readPublishedIndex,
} from "@nonmun/core/adapters/published-index";
import { limits } from "@nonmun/core/contract";
import type { Searcher } from "@nonmun/core/ports/searcher";
import { createRanking } from "@nonmun/core/search/ranking";
import { createSearcher } from "@nonmun/core/search/searcher";
import type { Asked, Told, Trouble } from "./messages.ts";
import { requestOf } from "./request.ts";

export interface SiteSearchDeps {
  /**
   * Fetches the index.
   *
   * @param again past the browser's cache, since what came before made no sense
   */
  readonly fetchIndex: (again: boolean) => Promise<Response>;
  /** Milliseconds from any fixed point. */
  readonly clock: () => number;
}

const suggestionsMax = 6;

/** Never rejects: a failure is an answer. The question after one tries again, for the network may be back. */
export function createSiteSearch({ fetchIndex, clock }: SiteSearchDeps): (asked: Asked) => Promise<Told> {
  let opening: Promise<Searcher> | null = null;
  let hasFailed = false;

  async function open(): Promise<Searcher> {
    const text = await otherwise("unreachable", async () => {
      const response = await fetchIndex(hasFailed);
      if (!response.ok) throw new Error(`search.json: ${response.status}`);
      return response.text();
    });
    const index = await otherwise("damaged", async () => readPublishedIndex(text));
    const searcher = searcherOver(index, clock);
    await searcher.prepare();
    return searcher;
  }

  return async ({ number, query }) => {
    const request = requestOf(query);
    opening ??= open();
    const mine = opening;
    try {
      const searcher = await mine;
      const [answer, suggestions] = await Promise.all([
        searcher.search(request),
        request.text.trim() === "" ? [] : searcher.suggest(request.text, suggestionsMax),
      ]);
      const next = request.limit < answer.total ? request.limit + limits.pageDefault : null;
      return { number, kind: "found", answer, suggestions, next };
    } catch (error) {
      if (opening === mine) opening = null;
      hasFailed = true;
      const trouble = error instanceof Troubled ? error.trouble : "broken";
      return {
        number,
        kind: "failed",
        trouble,
        detail: error instanceof Error ? error.message : String(error),
      };
    }
  };
}

function searcherOver(index: PublishedIndex, clock: () => number): Searcher {
  return createSearcher({
    snapshot: openPublishedIndex(index),
    embedder: null,
    ranking: createRanking({ glossary: index.glossary, embedder: null, similarity: null }),
    siteUrl: index.siteUrl,
    clock,
  });
}

class Troubled extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.trouble = trouble;
  }
}

async function otherwise<T>(trouble: Trouble, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Troubled(trouble, cause);
  }
}
