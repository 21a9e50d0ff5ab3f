/** Lends the newest generation of the index, and takes up a newer one without a pause. */
import type { Library, View } from "@nonmun/api/deps";
import type { IndexStore, Snapshot } from "@nonmun/core/ports/index-store";
import type { Searcher } from "@nonmun/core/ports/searcher";

/** How often a generation that another process published is looked for, in milliseconds. */
export const pollMs = 1000;

export interface LibraryDeps {
  readonly store: IndexStore;
  readonly createSearcher: (snapshot: Snapshot) => Searcher;
  /** Milliseconds between two looks for a newer generation that another process published. */
  readonly pollMs: number;
  readonly warn: (error: unknown) => void;
}

export interface ServedLibrary extends Library {
  /** Takes up the newest generation now. Resolves with its number, or null while there is none. */
  refresh(): Promise<number | null>;
  /** Makes the searcher anew for the generation in use: the model has become ready. */
  renew(): Promise<void>;
  /** Whether a request holds the generation in use. */
  busy(): boolean;
  /** Counts of the generation in use. */
  current(): View | null;
  close(): Promise<void>;
}

/** A view with the number of requests that hold it; closed when it is replaced and the last one is done. */
interface Loan {
  readonly snapshot: Snapshot;
  searcher: Searcher;
  holders: number;
  retired: boolean;
}

export function createLibrary(deps: LibraryDeps): ServedLibrary {
  let loan: Loan | null = null;
  // The store may serve an older generation than the newest one when that is damaged: it is then not asked again and again.
  let taken: number | null = null;
  let refreshing: Promise<number | null> | null = null;
  const timer = setInterval(() => {
    refresh().catch(deps.warn);
  }, deps.pollMs);

  async function take(): Promise<number | null> {
    const newest = await deps.store.generation();
    if (newest === null || newest === taken) return loan?.snapshot.manifest.generation ?? null;
    const snapshot = await deps.store.open();
    if (snapshot === null) return null;
    const searcher = deps.createSearcher(snapshot);
    try {
      // While it gets ready, requests go on with the generation before.
      await searcher.prepare();
    } catch (error) {
      await snapshot.close();
      throw error;
    }
    taken = newest;
    const old = loan;
    loan = { snapshot, searcher, holders: 0, retired: false };
    if (old !== null) retire(old);
    return snapshot.manifest.generation;
  }

  function refresh(): Promise<number | null> {
    refreshing ??= take().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  function retire(old: Loan): void {
    old.retired = true;
    if (old.holders === 0) old.snapshot.close().catch(deps.warn);
  }

  return {
    refresh,
    async renew() {
      // One that is being taken up was begun before the model was ready.
      await refreshing?.catch(deps.warn);
      const held = loan;
      if (held === null) return;
      const searcher = deps.createSearcher(held.snapshot);
      await searcher.prepare();
      held.searcher = searcher;
    },
    busy: () => loan !== null && loan.holders > 0,
    current: () => loan,
    async use(work) {
      const held = loan;
      if (held === null) return work(null);
      held.holders += 1;
      try {
        return await work({ snapshot: held.snapshot, searcher: held.searcher });
      } finally {
        held.holders -= 1;
        if (held.retired && held.holders === 0) held.snapshot.close().catch(deps.warn);
      }
    },
    async close() {
      clearInterval(timer);
      await refreshing?.catch(deps.warn);
      if (loan !== null) retire(loan);
      loan = null;
    },
  };
}
