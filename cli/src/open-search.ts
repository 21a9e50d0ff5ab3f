/** Lends a command what it needs to search or to look things up, and closes it after it. */
import type { Config } from "@nonmun/core/config";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { IndexStore, Snapshot } from "@nonmun/core/ports/index-store";
import type { Searcher } from "@nonmun/core/ports/searcher";
import { openSnapshot, openStore } from "./adapters.ts";
import { openSearching, openSearchingAnyhow, type Searching } from "./searching.ts";
import type { Terminal } from "./terminal.ts";

/** One generation, and how to search it. */
export interface OpenSearch<Model extends Embedder | null = Embedder>
  extends Pick<Searching<Model>, "embedder" | "ranking"> {
  readonly snapshot: Snapshot;
  readonly searcher: Searcher;
  /** Makes a searcher with some stages of ranking switched off. */
  searcherWithout(stages: readonly string[]): Searcher;
}

/**
 * For commands that measure: the model has to be there.
 *
 * @throws Failure `no-index`, `model-missing`, `storage` and what `work` throws.
 */
export async function withSearch<T>(
  config: Config,
  terminal: Terminal,
  work: (open: OpenSearch) => Promise<T>,
): Promise<T> {
  return withSnapshot(config, terminal, async (snapshot) =>
    lend(await openSearching(config, terminal), snapshot, work),
  );
}

/**
 * For commands that answer: without a usable model they answer by words, and `degraded` says so.
 *
 * @throws Failure `no-index`, `storage` and what `work` throws.
 */
export async function withAnswers<T>(
  config: Config,
  terminal: Terminal,
  work: (open: OpenSearch<Embedder | null>) => Promise<T>,
): Promise<T> {
  return withSnapshot(config, terminal, async (snapshot) =>
    lend(await openSearchingAnyhow(config, terminal), snapshot, work),
  );
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

async function lend<Model extends Embedder | null, T>(
  searching: Searching<Model>,
  snapshot: Snapshot,
  work: (open: OpenSearch<Model>) => Promise<T>,
): Promise<T> {
  const { embedder, ranking } = searching;
  try {
    return await work({
      snapshot,
      embedder,
      ranking,
      searcher: searching.searcher(snapshot),
      searcherWithout: (stages) =>
        searching.searcher(snapshot, { stages: Object.fromEntries(stages.map((stage) => [stage, false])) }),
    });
  } finally {
    await searching.close();
  }
}
