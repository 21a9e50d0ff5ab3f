/** The app over the test corpus, with every dependency plain to see and to replace. */
import { createPlainSimilarity } from "@nonmun/core/adapters/plain-similarity";
import { type IndexProgress, idleProgress } from "@nonmun/core/model/progress";
import { createRanking } from "@nonmun/core/search/ranking";
import { createSearcher } from "@nonmun/core/search/searcher";
import { createApp } from "../app.ts";
import type { AppDeps, Indexing, Library } from "../deps.ts";
import { type StoredCorpus, storeCorpus } from "./corpus.ts";

export interface Logged {
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Dependencies over an index; what is logged is kept in `logged`. */
export function depsOver(library: Library, logged: Logged[] = []): AppDeps {
  return {
    library,
    indexing: null,
    model: () => ({ id: "hash", state: "ready", dimensions: 64 }),
    ready: () => true,
    token: null,
    webhookSecret: null,
    onPush: null,
    siteUrl: "https://blog.example/docs",
    clock: () => 0,
    log: { error: (message, details) => logged.push({ message, details }) },
  };
}

export async function serveCorpus(changes: Partial<AppDeps> = {}, corpus?: StoredCorpus) {
  const library = libraryOver(corpus ?? (await storeCorpus()));
  return createApp({ ...depsOver(library), ...changes });
}

/** Opens the newest generation for each use, and closes it after. */
export function libraryOver({ store, embedder }: StoredCorpus): Library {
  const ranking = createRanking({ glossary: [], embedder, similarity: createPlainSimilarity() });
  return {
    async use(work) {
      const snapshot = await store.open();
      if (snapshot === null) return work(null);
      try {
        const searcher = createSearcher({ snapshot, embedder, siteUrl: null, clock: () => 0, ranking });
        return await work({ snapshot, searcher });
      } finally {
        await snapshot.close();
      }
    },
  };
}

export const emptyLibrary: Library = { use: (work) => work(null) };

/** Indexing that does nothing but tell: `tell` sends a progress to whoever listens. */
export interface TestIndexing extends Indexing {
  tell(progress: IndexProgress): void;
  readonly requests: readonly string[];
  readonly listeners: ReadonlySet<unknown>;
}

export function createTestIndexing(): TestIndexing {
  const listeners = new Set<(progress: IndexProgress) => void>();
  const requests: string[] = [];
  let current = idleProgress;
  return {
    requests,
    listeners,
    progress: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    request() {
      requests.push(`job-${requests.length + 1}`);
      return { job: requests.at(-1) ?? "" };
    },
    tell(progress) {
      current = progress;
      for (const listener of listeners) listener(progress);
    },
  };
}
