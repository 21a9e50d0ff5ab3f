/** Opens everything that a command needs to search: the index, the model it was made with, and ranking. */
import type { Config } from "@nonmun/core/config";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { IndexStore, Snapshot } from "@nonmun/core/ports/index-store";
import type { Searcher } from "@nonmun/core/ports/searcher";
import type { Ranking } from "@nonmun/core/search/ranking";
import { createSearcher } from "@nonmun/core/search/searcher";
import { clock, matching, openEmbedder, openRanking, openSnapshot, openStore } from "./adapters.ts";
import { recallTerms } from "./glossary-vectors.ts";
import type { Terminal } from "./terminal.ts";

export interface OpenSearch {
  readonly snapshot: Snapshot;
  readonly searcher: Searcher;
  readonly ranking: Ranking;
  /** The model of the settings, whether or not the index was made with it. */
  readonly embedder: Embedder;
}

/**
 * Lends them to `work` and closes them after it.
 *
 * @throws Failure `no-index`, `model-missing`, `storage` and what `work` throws.
 */
export async function withSearch<T>(
  config: Config,
  terminal: Terminal,
  work: (open: OpenSearch) => Promise<T>,
): Promise<T> {
  return withSnapshot(config, terminal, async (snapshot) => {
    const embedder = await openEmbedder(config, terminal);
    try {
      const ranking = await openRanking(config, embedder);
      await recallTerms(ranking, embedder);
      const own = matching(embedder, snapshot);
      const searcher = createSearcher({ snapshot, embedder: own, ranking, siteUrl: config.siteUrl, clock });
      return await work({ snapshot, searcher, ranking, embedder });
    } finally {
      await embedder.close();
    }
  });
}

/** The index alone, for commands that only look things up. */
export async function withSnapshot<T>(
  config: Config,
  terminal: Terminal,
  work: (snapshot: Snapshot, store: IndexStore) => Promise<T>,
): Promise<T> {
  const store = await openStore(config, terminal);
  try {
    const snapshot = await openSnapshot(store, config);
    try {
      return await work(snapshot, store);
    } finally {
      await snapshot.close();
    }
  } finally {
    await store.close();
  }
}
