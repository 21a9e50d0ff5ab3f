/** The part of the contract of index stores about writing: whole generations, and what leaves with them. */
import { afterEach, expect, it } from "vitest";
import type { StorePlace } from "./index-store.contract.ts";
import { describeRuns } from "./index-store.contract-runs.ts";
import {
  chunkIds,
  first,
  firstChanged,
  type NewProcess,
  opened,
  second,
  update,
} from "./index-store.contract-steps.ts";
import { postEntry, publishOptions, recipe, vectorAt } from "./index-store.fixtures.ts";
import type { IndexStore } from "./index-store.ts";

export function describeLife(makePlace: () => Promise<StorePlace>): void {
  const open: { place: StorePlace | null; stores: IndexStore[] } = { place: null, stores: [] };
  /** Another process at the same place. */
  const process = async (): Promise<IndexStore> => {
    open.place ??= await makePlace();
    const store = await open.place.open();
    open.stores.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of open.stores) await store.close();
    await open.place?.remove();
    open.place = null;
    open.stores = [];
  });
  publishing(process);
  keeping(process);
  edges(process);
  describeRuns(process);
}

function publishing(process: NewProcess): void {
  it("has no generation before the first publish", async () => {
    const store = await process();
    expect(await store.generation()).toBeNull();
    expect(await store.open()).toBeNull();
    const writer = await store.writer(recipe);
    await writer.write({ put: [first], remove: [] });
    await writer.close();
    expect(await store.generation()).toBeNull();
    expect(await store.open()).toBeNull();
  });

  it("counts generations up, and other processes see them", async () => {
    const reader = await process();
    const store = await process();
    await update(store, { put: [first], remove: [] });
    expect(await reader.generation()).toBe(1);
    await update(store, { put: [second], remove: [] });
    expect(await reader.generation()).toBe(2);
    expect(await chunkIds(await opened(reader))).toEqual(["a/paper#0", "a/paper#1", "b/paper#0"]);
  });

  it("replaces a post whole: nothing of its former text is left", async () => {
    const store = await process();
    await update(store, { put: [first, second], remove: [] });
    await update(store, { put: [firstChanged], remove: [] });
    const snapshot = await opened(store);
    expect(await chunkIds(snapshot)).toEqual(["a/paper#0", "b/paper#0"]);
    expect(await snapshot.chunks(["a/paper#0"])).toEqual(firstChanged.chunks);
    expect(await snapshot.match("첫째", { limit: 10 })).toEqual([]);
    expect((await snapshot.match("다른", { limit: 10 })).map((hit) => hit.chunkId)).toEqual(["a/paper#0"]);
    expect((await snapshot.paper("a/paper"))?.html).toBe("<p>1</p>");
    expect(snapshot.manifest.counts).toEqual({ posts: 2, papers: 2, notes: 0, chunks: 2 });
  });

  it("removes a post with its papers, chunks, assets and statistics", async () => {
    const store = await process();
    const picture = { id: "aa.png", mediaType: "image/png", bytes: Uint8Array.of(1) };
    const withPicture = postEntry({ path: "c.md", texts: ["그림"], assets: [picture], tokenIds: [[42]] });
    await update(store, { put: [first, withPicture], remove: [] });
    expect((await (await opened(store)).documentFrequencies()).get(42)).toBe(1);
    await update(store, { put: [], remove: ["c.md", "never-there.md"] });
    const snapshot = await opened(store);
    expect(await snapshot.paper("c/paper")).toBeNull();
    expect(await snapshot.asset("aa.png")).toBeNull();
    expect((await snapshot.documentFrequencies()).has(42)).toBe(false);
    expect((await snapshot.posts()).map((post) => post.path)).toEqual(["a.md"]);
  });
}

function keeping(process: NewProcess): void {
  it("keeps an asset as long as one post shows it", async () => {
    const store = await process();
    const picture = { id: "aa.png", mediaType: "image/png", bytes: Uint8Array.of(1) };
    const one = postEntry({ path: "c.md", texts: ["그림 하나"], assets: [picture] });
    const two = postEntry({ path: "d.md", texts: ["그림 둘"], assets: [picture] });
    await update(store, { put: [one, two], remove: [] });
    await update(store, { put: [], remove: ["c.md"] });
    expect(await (await opened(store)).asset("aa.png")).toEqual(picture);
  });

  it("leaves a snapshot as it was when others publish", async () => {
    const store = await process();
    await update(store, { put: [first], remove: [] });
    const before = await opened(store);
    const writer = await process();
    await update(writer, { put: [firstChanged, second], remove: [] });
    await update(writer, { put: [], remove: ["b.md"] });
    expect(before.manifest.generation).toBe(1);
    expect(await chunkIds(before)).toEqual(["a/paper#0", "a/paper#1"]);
    expect(await before.chunks(["a/paper#0"])).toEqual([first.chunks[0]]);
    expect((await before.match("첫째", { limit: 10 })).map((hit) => hit.chunkId)).toEqual(["a/paper#0"]);
    expect((await before.tokens(["a/paper#0"])).size).toBe(1);
    expect((await before.catalogue()).map((card) => card.id)).toEqual(["a/paper"]);
    expect((await before.posts()).map((post) => post.path)).toEqual(["a.md"]);
  });
}

function edges(process: NewProcess): void {
  it("publishes an empty index when every post is gone", async () => {
    const store = await process();
    await update(store, { put: [first], remove: [] });
    await update(store, { put: [], remove: ["a.md"] });
    const snapshot = await opened(store);
    expect(snapshot.manifest.counts).toEqual({ posts: 0, papers: 0, notes: 0, chunks: 0 });
    expect(await snapshot.nearest(vectorAt(0), { limit: 5 })).toEqual([]);
    expect(await snapshot.match("첫째", { limit: 5 })).toEqual([]);
    expect((await snapshot.documentFrequencies()).size).toBe(0);
    await update(store, { put: [second], remove: [] });
    expect((await (await opened(store)).match("셋째", { limit: 5 })).map((hit) => hit.chunkId)).toEqual([
      "b/paper#0",
    ]);
  });

  it("drops artifacts that a publish does not name again", async () => {
    const store = await process();
    const bytes = Uint8Array.of(9);
    await update(store, { put: [first], remove: [] }, { artifacts: async () => ({ map: bytes }) });
    const writer = await store.writer(recipe);
    expect(await writer.artifact("map")).toEqual(bytes);
    await writer.publish(publishOptions);
    await writer.close();
    expect(await (await opened(store)).artifact("map")).toBeNull();
  });

  it("ranks new rows like old ones at once", async () => {
    const store = await process();
    const texts = ["보상 모델 하나", "정책 경사 둘", "가치 함수 셋"];
    await update(store, {
      put: texts.map((text, i) => postEntry({ path: `${i}.md`, texts: [text] })),
      remove: [],
    });
    await update(store, { put: [postEntry({ path: "new.md", texts: ["보상 보상 보상"] })], remove: [] });
    const hits = await (await opened(store)).match("보상", { limit: 10 });
    expect(hits.map((hit) => hit.chunkId)).toEqual(["new/paper#0", "0/paper#0"]);
  });
}
