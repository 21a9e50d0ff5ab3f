/** An index store that lives in memory: for tests, and as the plainest reading of the port. */
import { Failure } from "../model/failure.ts";
import type { Manifest, Recipe } from "../model/manifest.ts";
import type { IndexStore, IndexWriter, PostEntry, PublishOptions } from "../ports/index-store.ts";
import { type MemoryGeneration, openMemorySnapshot } from "./memory-snapshot.ts";
import { checkEntry, countsOf, recipeMismatch, sameRecipe } from "./store-rules.ts";

export interface MemoryStoreOptions {
  /** Milliseconds since 1970, for `Manifest.createdAt`. */
  readonly now?: () => number;
}

interface State {
  current: MemoryGeneration | null;
  previous: MemoryGeneration | null;
  /** What a writer has written; it stays when the writer closes without publishing. */
  staged: { recipe: Recipe; entries: Map<string, PostEntry> } | null;
  writing: boolean;
}

export function createMemoryStore(options: MemoryStoreOptions = {}): IndexStore {
  const now = options.now ?? Date.now;
  const state: State = { current: null, previous: null, staged: null, writing: false };

  return {
    generation: async () => state.current?.manifest.generation ?? null,
    async open(recipe) {
      if (state.current === null) return null;
      const made = state.current.manifest.recipe;
      if (recipe !== undefined && !sameRecipe(recipe, made)) throw recipeMismatch(recipe, made);
      return openMemorySnapshot(state.current);
    },
    async writer(recipe) {
      if (state.writing) {
        throw new Failure("index-busy", "Another writer holds the index.", {
          advice: "Try again when it has finished.",
        });
      }
      state.writing = true;
      return openWriter(state, recipe, now);
    },
    async rollback() {
      if (state.current === null || state.previous === null) {
        throw new Failure("no-index", "There is no earlier generation to go back to.");
      }
      const generation = state.current.manifest.generation + 1;
      const manifest = { ...state.previous.manifest, generation, createdAt: new Date(now()).toISOString() };
      const restored = { ...state.previous, manifest };
      state.previous = state.current;
      state.current = restored;
      state.staged = null;
      return manifest;
    },
    close: async () => undefined,
  };
}

function openWriter(state: State, recipe: Recipe, now: () => number): IndexWriter {
  const entries = stagedFor(state, recipe);
  const published = (): MemoryGeneration | null =>
    state.current !== null && sameRecipe(state.current.manifest.recipe, recipe) ? state.current : null;

  return {
    stored: async () => new Map([...entries].map(([path, entry]) => [path, entry.post.hash])),
    async reuse(embedded) {
      const wanted = new Set(embedded);
      const known = [...entries.values(), ...(published()?.entries.values() ?? [])].flatMap((entry) =>
        entry.chunks.flatMap((chunk, position) => {
          const embedding = entry.embeddings[position];
          return embedding !== undefined && wanted.has(chunk.embedded)
            ? [[chunk.embedded, embedding] as const]
            : [];
        }),
      );
      return new Map(known);
    },
    async write(commit) {
      for (const entry of commit.put) checkEntry(entry, recipe);
      for (const path of commit.remove) entries.delete(path);
      for (const entry of commit.put) entries.set(entry.post.path, entry);
    },
    papers: async () => [
      ...new Set([...entries.values()].flatMap((entry) => entry.chunks.map((chunk) => chunk.paperId))),
    ],
    async vectors(paperIds) {
      const wanted = new Set(paperIds);
      const found = [...entries.values()].flatMap((entry) =>
        entry.chunks.flatMap((chunk, position) => {
          const vector = entry.embeddings[position]?.vector;
          return vector !== undefined && wanted.has(chunk.paperId) ? [[chunk.id, vector] as const] : [];
        }),
      );
      return new Map(found);
    },
    artifact: async (name) => published()?.artifacts.get(name) ?? null,
    async publish(run) {
      const artifacts = new Map(Object.entries((await run.artifacts?.()) ?? {}));
      const manifest = manifestOf(state, recipe, entries, run, now());
      state.previous = state.current;
      state.current = { manifest, entries: new Map(entries), artifacts };
      return manifest;
    },
    async close() {
      state.writing = false;
    },
  };
}

function stagedFor(state: State, recipe: Recipe): Map<string, PostEntry> {
  if (state.staged === null || !sameRecipe(state.staged.recipe, recipe)) {
    const current = state.current;
    const start = current !== null && sameRecipe(current.manifest.recipe, recipe) ? current.entries : [];
    state.staged = { recipe, entries: new Map(start) };
  }
  return state.staged.entries;
}

function manifestOf(
  state: State,
  recipe: Recipe,
  entries: ReadonlyMap<string, PostEntry>,
  run: PublishOptions,
  now: number,
): Manifest {
  return {
    generation: (state.current?.manifest.generation ?? 0) + 1,
    recipe,
    modelId: run.modelId,
    complete: run.complete,
    createdAt: new Date(now).toISOString(),
    counts: countsOf([...entries.values()]),
    tables: {},
    lastRun: run.lastRun,
  };
}
