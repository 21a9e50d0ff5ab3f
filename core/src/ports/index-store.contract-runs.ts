/** The part of the contract of index stores about runs: interrupted ones, other recipes, going back. */
import { expect, it } from "vitest";
import {
  chunkIds,
  first,
  firstChanged,
  type NewProcess,
  opened,
  second,
  update,
} from "./index-store.contract-steps.ts";
import { otherRecipe, postEntry, publishOptions, recipe, vectorAt } from "./index-store.fixtures.ts";

export function describeRuns(process: NewProcess): void {
  interruption(process);
  writers(process);
  recipes(process);
  goingBack(process);
}

function interruption(process: NewProcess): void {
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
    const papers = await writer.papers();
    expect([...papers].sort()).toEqual(["a/paper", "b/paper"]);
    expect(new Map([...(await writer.vectors(papers))].sort())).toEqual(
      new Map([
        ["a/paper#0", firstChanged.embeddings[0]?.vector],
        ["b/paper#0", second.embeddings[0]?.vector],
      ]),
    );
    await writer.close();
  });

  it("tells the writer the vectors of all chunks of the papers that it names, and of no other", async () => {
    const store = await process();
    await update(store, { put: [second], remove: [] });
    const writer = await store.writer(recipe);
    await writer.write({ put: [first], remove: [] });
    const vectors = await writer.vectors(["a/paper", "nowhere/it's"]);
    expect(new Map([...vectors].sort())).toEqual(
      new Map([
        ["a/paper#0", first.embeddings[0]?.vector],
        ["a/paper#1", first.embeddings[1]?.vector],
      ]),
    );
    expect(await writer.vectors([])).toEqual(new Map());
    await writer.close();
  });

  it("has neither papers nor vectors for the writer when every post is gone", async () => {
    const store = await process();
    await update(store, { put: [first], remove: [] });
    const writer = await store.writer(recipe);
    await writer.write({ put: [], remove: ["a.md"] });
    expect(await writer.papers()).toEqual([]);
    expect(await writer.vectors(["a/paper"])).toEqual(new Map());
    await writer.close();
  });
}

function writers(process: NewProcess): void {
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

function recipes(process: NewProcess): void {
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

function goingBack(process: NewProcess): void {
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
