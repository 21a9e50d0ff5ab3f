/** Runs the indexer with the adapters of the settings: what `index`, `watch`, `bench` and the server's own indexing share. */
import { setFlagsFromString } from "node:v8";
import type { Config } from "@nonmun/core/config";
import type { IndexProgress } from "@nonmun/core/model/progress";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { IndexStore } from "@nonmun/core/ports/index-store";
import { recipeFor } from "@nonmun/indexer/run/recipe";
import { type RunOutcome, runIndex } from "@nonmun/indexer/run/run-index";
import { clock, openEmbedder, openStore } from "./adapters.ts";
import { withBoundedGarbage } from "./bounded-garbage.ts";
import { orgAliases } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

export interface IndexingOptions {
  readonly whenEmpty: "refuse" | "publish";
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly signal: AbortSignal;
}

export interface Indexer {
  run(options: IndexingOptions): Promise<RunOutcome>;
  readonly store: IndexStore;
  close(): Promise<void>;
}

export async function openIndexer(config: Config, terminal: Terminal): Promise<Indexer> {
  const embedder = await openEmbedder(config, terminal, "indexing");
  const store = await openStore(config, terminal, "indexing");
  return {
    store,
    run: (options) => runIndexer(config, { store, embedder }, options),
    async close() {
      await embedder.close();
      await store.close();
    },
  };
}

/** Bytes. To collect as much takes some 60 ms of a run's main thread, which waits for the encoders most of its time. */
const mostGarbage = 64 * 2 ** 20;

/** One run, with the parts that are given. */
export async function runIndexer(
  config: Config,
  parts: { readonly store: IndexStore; readonly embedder: Embedder },
  options: IndexingOptions,
): Promise<RunOutcome> {
  collectLessOften();
  const { content, drafts } = config;
  const deps = { ...parts, recipe: recipeFor(parts.embedder.profile), clock };
  return withBoundedGarbage(mostGarbage, () =>
    runIndex(deps, { content, drafts, orgAliases: orgAliases(config), ...options }),
  );
}

/**
 * A server looks for garbage whenever memory has grown by a fifth, and indexing would spend 4 % of its time on that
 * (docs/performance.md): it goes by V8's own judgement, which is what the flag's 0 means, within a bound.
 */
function collectLessOften(): void {
  setFlagsFromString("--heap-growing-percent=0");
}
