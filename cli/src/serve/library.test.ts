/** Tests of the library: a request holds one generation, a newer one is taken up once, an old one is closed in time. */
import { createMemoryStore } from "@nonmun/core/adapters/memory-store";
import type { IndexStore, Snapshot } from "@nonmun/core/ports/index-store";
import { postEntry, publishOptions, recipe } from "@nonmun/core/ports/index-store.fixtures";
import type { Searcher } from "@nonmun/core/ports/searcher";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLibrary, type ServedLibrary } from "./library.ts";

/** Generations in the order in which they were opened and closed. */
let opened: number[];
let closed: number[];
let searchers: Searcher[];
let warnings: unknown[];
let store: IndexStore;
let library: ServedLibrary;

beforeEach(() => {
  opened = [];
  closed = [];
  searchers = [];
  warnings = [];
  store = createMemoryStore();
  library = createLibrary({
    store: counting(store),
    createSearcher,
    pollMs: 1e8,
    warn: (e) => warnings.push(e),
  });
});
afterEach(() => library.close());

function counting(inner: IndexStore): IndexStore {
  return {
    ...inner,
    async open(wanted) {
      const snapshot = await inner.open(wanted);
      if (snapshot === null) return null;
      const { generation } = snapshot.manifest;
      opened.push(generation);
      const close = async () => {
        closed.push(generation);
        await snapshot.close();
      };
      return { ...snapshot, close };
    },
  };
}

function createSearcher(_snapshot: Snapshot): Searcher {
  const refuse = async (): Promise<never> => {
    throw new Error("No test of this file searches.");
  };
  const searcher: Searcher = {
    search: refuse,
    related: refuse,
    suggest: refuse,
    topics: refuse,
    prepare: async () => undefined,
  };
  searchers.push(searcher);
  return searcher;
}

async function publish(path: string): Promise<void> {
  const writer = await store.writer(recipe);
  await writer.write({ put: [postEntry({ path, texts: ["글"] })], remove: [] });
  await writer.publish(publishOptions);
  await writer.close();
}

/** A request that goes on until it is told to end. */
function request() {
  let end: () => void = () => undefined;
  const ended = library.use(async (view) => {
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    const posts = await view?.snapshot.posts();
    return posts?.map(({ path }) => path) ?? null;
  });
  return { ended, end: () => end() };
}

const generation = () => library.use(async (view) => view?.snapshot.manifest.generation ?? null);

describe("without an index", () => {
  it("lends nothing, and takes up the first one that is made", async () => {
    expect(await library.refresh()).toBeNull();
    expect(await generation()).toBeNull();
    expect(library.current()).toBeNull();
    await publish("a.md");
    expect(await library.refresh()).toBe(1);
    expect(await generation()).toBe(1);
  });
});

describe("a newer generation", () => {
  beforeEach(async () => {
    await publish("a.md");
    await library.refresh();
    await publish("b.md");
  });

  it("is lent once it is taken up, and the old one is closed then", async () => {
    expect(await generation()).toBe(1);
    expect(await library.refresh()).toBe(2);
    expect(await generation()).toBe(2);
    expect(closed).toEqual([1]);
  });

  it("is busy while a request holds it", async () => {
    expect(library.busy()).toBe(false);
    const held = request();
    expect(library.busy()).toBe(true);
    held.end();
    await held.ended;
    expect(library.busy()).toBe(false);
  });

  it("leaves the old one open to the requests that hold it, until the last has ended", async () => {
    const first = request();
    const second = request();
    await library.refresh();
    expect(closed).toEqual([]);
    first.end();
    expect(await first.ended).toEqual(["a.md"]);
    expect(closed).toEqual([]);
    second.end();
    expect(await second.ended).toEqual(["a.md"]);
    expect(closed).toEqual([1]);
  });

  it("is not kept from closing by a request that failed", async () => {
    const failing = library.use(async () => {
      await library.refresh();
      throw new Error("읽다가 끊겼다");
    });
    await expect(failing).rejects.toThrow("끊겼다");
    expect(closed).toEqual([1]);
  });

  it("is opened once, however often and at once it is asked for", async () => {
    await Promise.all([library.refresh(), library.refresh(), library.refresh()]);
    await library.refresh();
    expect(opened).toEqual([1, 2]);
    expect(searchers).toHaveLength(2);
  });
});

it("stays on what it has when a refresh fails, and tries again", async () => {
  await publish("a.md");
  await library.refresh();
  await publish("b.md");
  const { open } = store;
  let broken = true;
  const failing: IndexStore = {
    ...store,
    open: async (wanted) => {
      if (broken) throw new Error("no disk");
      return open(wanted);
    },
  };
  const other = createLibrary({ store: failing, createSearcher, pollMs: 1e8, warn: (e) => warnings.push(e) });
  await expect(other.refresh()).rejects.toThrow("no disk");
  broken = false;
  expect(await other.refresh()).toBe(2);
  await other.close();
});

it("makes the searcher anew for the same generation when the model has become ready", async () => {
  await publish("a.md");
  await library.refresh();
  await library.renew();
  expect(await library.use(async (view) => view?.searcher === searchers[1])).toBe(true);
  expect(opened).toEqual([1]);
});

it("closes its generation when it is closed itself, after the requests that hold it", async () => {
  await publish("a.md");
  await library.refresh();
  const held = request();
  await library.close();
  expect(closed).toEqual([]);
  held.end();
  await held.ended;
  expect(closed).toEqual([1]);
  expect(warnings).toEqual([]);
});
