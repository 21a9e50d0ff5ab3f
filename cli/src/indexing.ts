/** Runs the indexer with the adapters of the settings: what `index`, `watch` and the server's own indexing share. */
import { setFlagsFromString } from "node:v8";
import type { Config } from "@nonmun/core/config";
import type { IndexProgress } from "@nonmun/core/model/progress";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { IndexStore } from "@nonmun/core/ports/index-store";
import { recipeFor } from "@nonmun/indexer/run/recipe";
import { type RunOutcome, runIndex } from "@nonmun/indexer/run/run-index";
import { clock, openEmbedder, openStore } from "./adapters.ts";
import { orgAliases } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

export interface Indexer {
  run(options: {
    readonly whenEmpty: "refuse" | "publish";
    readonly onProgress: (progress: IndexProgress) => void;
    readonly signal: AbortSignal;
  }): Promise<RunOutcome>;
  readonly store: IndexStore;
  close(): Promise<void>;
}

/**
 * A server looks for garbage whenever memory has grown by a fifth, and indexing would spend 4 % of its time on that
 * (docs/performance.md): it goes by V8's own judgement, which is what the flag's 0 means.
 */
export function collectLessOften(): void {
  setFlagsFromString("--heap-growing-percent=0");
}

export async function openIndexer(config: Config, terminal: Terminal): Promise<Indexer> {
  collectLessOften();
  const embedder: Embedder = await openEmbedder(config, terminal, "indexing");
  const store = await openStore(config, terminal);
  const deps = { store, embedder, recipe: recipeFor(embedder.profile), clock };
  return {
    store,
    run: (options) =>
      runIndex(deps, {
        content: config.content,
        drafts: config.drafts,
        orgAliases: orgAliases(config),
        ...options,
      }),
    async close() {
      await embedder.close();
      await store.close();
    },
  };
}
