/** Opens what searches need beside the index: the model, where it can be had, and ranking with it. */
import type { Config } from "@nonmun/core/config";
import { Failure, type FailureCode } from "@nonmun/core/model/failure";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import type { Searcher } from "@nonmun/core/ports/searcher";
import type { Ranking } from "@nonmun/core/search/ranking";
import { createSearcher, type RankedSearcherDeps } from "@nonmun/core/search/searcher";
import { clock, matching, openEmbedder, openRanking, pause } from "./adapters.ts";
import { wordsOf } from "./exit-codes.ts";
import { recallWords } from "./learned-words.ts";
import type { Terminal } from "./terminal.ts";

export interface Searching<Model extends Embedder | null = Embedder | null> {
  /** The model of the settings, whether or not an index was made with it. */
  readonly embedder: Model;
  readonly ranking: Ranking;
  /**
   * Makes the searcher of one generation. It searches by words alone when the generation was made with another model, or when
   * `embedder` is given as null: the model is still loading.
   */
  searcher(snapshot: Snapshot, options?: SearcherOptions): Searcher;
  close(): Promise<void>;
}

export interface SearcherOptions extends Pick<RankedSearcherDeps, "stages"> {
  readonly embedder?: Embedder | null;
}

/** @throws Failure `model-missing`, `model-broken`, `model-unreachable` or `bad-config`. */
export async function openSearching(config: Config, terminal: Terminal): Promise<Searching<Embedder>> {
  return searchingWith(config, await openEmbedder(config, terminal));
}

/** The same, but a model that can't be opened is told of and done without: searches are then by words alone, and say so. */
export async function openSearchingAnyhow(config: Config, terminal: Terminal): Promise<Searching> {
  try {
    return await openSearching(config, terminal);
  } catch (error) {
    if (!(error instanceof Failure) || !dispensable.has(error.code)) throw error;
    terminal.warn(wordsOf(error));
    return searchingWith(config, null);
  }
}

const dispensable: ReadonlySet<FailureCode> = new Set(["model-missing", "model-broken", "model-unreachable"]);

async function searchingWith<Model extends Embedder | null>(
  config: Config,
  embedder: Model,
): Promise<Searching<Model>> {
  const ranking = await openRanking(config, embedder);
  if (embedder !== null) await recallWords(ranking, embedder);
  return {
    embedder,
    ranking,
    searcher(snapshot, { embedder: loaded = embedder, ...options } = {}) {
      const own = loaded === null ? null : matching(loaded, snapshot);
      const { siteUrl } = config;
      return createSearcher({ snapshot, embedder: own, ranking, siteUrl, clock, pause, ...options });
    },
    close: async () => embedder?.close(),
  };
}
