/** The part of the contract of index stores about writing: whole generations, interruptions, recipes, the lock. */
import { afterEach, expect, it } from "vitest";
import type { Recipe } from "../model/manifest.ts";
import type { StorePlace } from "./index-store.contract.ts";
import { otherRecipe, postEntry, publishOptions, recipe, vectorAt } from "./index-store.fixtures.ts";
import type { Commit, IndexStore, Snapshot } from "./index-store.ts";

const first = postEntry({ path: "a.md", texts: ["하나 첫째", "둘 둘째"], degrees: [0, 10] });
const second = postEntry({ path: "b.md", texts: ["셋 셋째"], degrees: [20] });
const firstChanged = postEntry({ path: "a.md", texts: ["다른 내용"], degrees: [5] });

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
  interruption(process);
  recipes(process);
  goingBack(process);
}

function publishing(process: () => Promise<IndexStore>): void {
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
    await update(store, { put: [first], remove: [] }, { artifacts: { map: bytes } });
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

function interruption(process: () => Promise<IndexStore>): void {
  it("keeps what an interrupted run wrote: stored, reused, published by the next", async () => {
    const store = await process();
    await update(store, { put: [first], remove: [] });
    const interrupted = await store.writer(recipe);
    await interrupted.write({ put: [second], remove: ["a.md"] });
    await interrupted.close();
    expect(await chunkIds(await opened(store))).toEqual(["a/paper#0", "a/paper#1"]);

    const writer = await (await process()).writer(recipe);
    expect(await writer.stored()).toEqual(new Map([["b.md", second.post.hash]]));
    expect([...(await writer.reuse([second.chunks[0]?.embedded ?? ""])).values()]).toEqual(second.embeddings);
    await writer.publish(publishOptions);
    await writer.close();
    expect(await chunkIds(await opened(store))).toEqual(["b/paper#0"]);
  });

  it("reuses embeddings by the exact embedded text, whatever post it was in", async () => {
    const store = await process();
    await update(store, { put: [first], remove: [] });
    const writer = await store.writer(recipe);
    const text = first.chunks[1]?.embedded ?? "";
    const reused = await writer.reuse([text, `${text} `, "it's another"]);
    expect([...reused]).toEqual([[text, first.embeddings[1]]]);
    await writer.close();
  });

  it("shows the writer the vectors of everything that it would publish", async () => {
    const store = await process();
    await update(store, { put: [first], remove: [] });
    const writer = await store.writer(recipe);
    await writer.write({ put: [second, firstChanged], remove: [] });
    const vectors = await writer.vectors();
    expect(new Map([...vectors].sort())).toEqual(
      new Map([
        ["a/paper#0", firstChanged.embeddings[0]?.vector],
        ["b/paper#0", second.embeddings[0]?.vector],
      ]),
    );
    await writer.close();
  });

  it("refuses an entry that contradicts itself, and stores nothing of its commit", async () => {
    const store = await process();
    const writer = await store.writer(recipe);
    const broken = { ...second, embeddings: [] };
    await expect(writer.write({ put: [first, broken], remove: [] })).rejects.toThrow("b.md");
    expect(await writer.stored()).toEqual(new Map());
    await writer.close();
  });

  it("lets one writer in at a time", async () => {
    const store = await process();
    const other = await process();
    const writer = await store.writer(recipe);
    await expect(other.writer(recipe)).rejects.toMatchObject({ name: "Failure", code: "index-busy" });
    await expect(other.rollback()).rejects.toMatchObject({ name: "Failure" });
    await writer.close();
    await writer.close();
    await (await other.writer(recipe)).close();
  });
}

function recipes(process: () => Promise<IndexStore>): void {
  const entry = postEntry({ path: "a.md", texts: ["새 모형"], dimensions: 3 });

  it("refuses to answer for another recipe, and says what differs", async () => {
    const store = await process();
    await update(store, { put: [first], remove: [] });
    const refused = store.open(otherRecipe);
    await expect(refused).rejects.toMatchObject({ name: "Failure", code: "index-mismatch" });
    await expect(refused).rejects.toThrow("other-model");
    expect((await store.open())?.manifest.recipe).toEqual(recipe);
  });

  it("builds another recipe beside the old index, which answers until the switch", async () => {
    const store = await process();
    await update(store, { put: [first, second], remove: [] });
    const before = await opened(store);
    const writer = await store.writer(otherRecipe);
    expect(await writer.stored()).toEqual(new Map());
    expect(await writer.reuse([first.chunks[0]?.embedded ?? ""])).toEqual(new Map());
    await writer.write({ put: [entry], remove: [] });
    expect((await opened(store)).manifest.counts.posts).toBe(2);
    await writer.publish(publishOptions);
    await writer.close();
    const after = await store.open(otherRecipe);
    expect(after?.manifest.generation).toBe(2);
    expect(after?.manifest.counts.posts).toBe(1);
    expect((await after?.nearest(vectorAt(0, 3), { limit: 5 }))?.map((hit) => hit.chunkId)).toEqual([
      "a/paper#0",
    ]);
    expect(await chunkIds(before)).toEqual(["a/paper#0", "a/paper#1", "b/paper#0"]);
  });
}

function goingBack(process: () => Promise<IndexStore>): void {
  it("goes back to the generation before, as a new generation", async () => {
    const store = await process();
    await update(store, { put: [first], remove: [] });
    await update(store, { put: [firstChanged, second], remove: [] });
    const manifest = await store.rollback();
    expect(manifest.generation).toBe(3);
    const snapshot = await opened(store);
    expect(await chunkIds(snapshot)).toEqual(["a/paper#0", "a/paper#1"]);
    expect(await snapshot.chunks(["a/paper#0"])).toEqual([first.chunks[0]]);
    expect((await snapshot.match("첫째", { limit: 5 })).map((hit) => hit.chunkId)).toEqual(["a/paper#0"]);
    const writer = await store.writer(recipe);
    expect(await writer.stored()).toEqual(new Map([["a.md", first.post.hash]]));
    await writer.write({ put: [second], remove: [] });
    await writer.publish(publishOptions);
    await writer.close();
    expect(await chunkIds(await opened(store))).toEqual(["a/paper#0", "a/paper#1", "b/paper#0"]);
  });

  it("goes back across a change of the recipe", async () => {
    const store = await process();
    await update(store, { put: [first], remove: [] });
    const entry = postEntry({ path: "a.md", texts: ["새 모형"], dimensions: 3 });
    await update(store, { put: [entry], remove: [] }, {}, otherRecipe);
    await store.rollback();
    expect(await chunkIds(await opened(store))).toEqual(["a/paper#0", "a/paper#1"]);
  });

  it("says so when there is nothing to go back to", async () => {
    const store = await process();
    await expect(store.rollback()).rejects.toMatchObject({ name: "Failure", code: "no-index" });
    await update(store, { put: [first], remove: [] });
    await expect(store.rollback()).rejects.toMatchObject({ name: "Failure", code: "no-index" });
  });
}

async function update(
  store: IndexStore,
  commit: Commit,
  options: { readonly artifacts?: Readonly<Record<string, Uint8Array>> } = {},
  wanted: Recipe = recipe,
): Promise<void> {
  const writer = await store.writer(wanted);
  await writer.write(commit);
  await writer.publish({ ...publishOptions, ...options });
  await writer.close();
}

async function opened(store: IndexStore): Promise<Snapshot> {
  const snapshot = await store.open();
  if (snapshot === null) throw new Error("nothing was published");
  return snapshot;
}

/** Every chunk that a search can reach, by id. */
async function chunkIds(snapshot: Snapshot): Promise<readonly string[]> {
  return (await snapshot.nearest(vectorAt(0), { limit: 100 })).map((hit) => hit.chunkId).sort();
}
