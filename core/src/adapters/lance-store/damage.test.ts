/** Damaged files: what is served meanwhile, and what the next run makes anew. */
import { mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "../../model/failure.ts";
import { postEntry, publishOptions, recipe, vectorAt } from "../../ports/index-store.fixtures.ts";
import type { IndexStore, PostEntry } from "../../ports/index-store.ts";
import { openLanceStore } from "./open.ts";

const first = postEntry({ path: "a.md", texts: ["첫째 글"], degrees: [0] });
const second = postEntry({ path: "b.md", texts: ["둘째 글"], degrees: [90] });
let folder = "";
let reports: Failure[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-damage-"));
  reports = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (): Promise<IndexStore> =>
  openLanceStore(folder, { report: (failure) => reports.push(failure) });

async function publish(...entries: readonly PostEntry[]): Promise<ReadonlyMap<string, string>> {
  const store = await open();
  const writer = await store.writer(recipe);
  const stored = await writer.stored();
  const put = entries.filter((entry) => stored.get(entry.post.path) !== entry.post.hash);
  await writer.write({ put, remove: [] });
  await writer.publish(publishOptions);
  await writer.close();
  await store.close();
  return stored;
}

/** Data files of a table, the newest last. */
async function dataFiles(kind: string): Promise<readonly string[]> {
  const table = (await readdir(folder)).find(
    (name) => name.startsWith(`${kind}_`) || name === `${kind}.lance`,
  );
  const data = join(folder, table ?? "", "data");
  return (await readdir(data)).map((name) => join(data, name));
}

async function cutShort(kind: string, which: (file: string) => boolean = () => true): Promise<void> {
  const files = (await dataFiles(kind)).filter(which);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) await truncate(file, 10);
}

describe("a data file that was cut short", () => {
  for (const kind of ["chunks", "papers", "posts", "embeddings"]) {
    it(`of ${kind}: says so, and the next run makes the index whole again`, async () => {
      await publish(first, second);
      await cutShort(kind);
      const store = await open();
      const refused = store.open();
      await expect(refused).rejects.toMatchObject({ name: "Failure", code: "index-damaged" });
      await expect(refused).rejects.toHaveProperty("advice", expect.stringContaining("nonmun index"));
      await store.close();

      expect(await publish(first, second)).toEqual(new Map());
      expect(reports.map((failure) => failure.code)).toContain("index-damaged");
      const repaired = await (await open()).open();
      expect(repaired?.manifest.counts).toMatchObject({ posts: 2, chunks: 2 });
      expect((await repaired?.nearest(vectorAt(90), { limit: 1 }))?.[0]?.chunkId).toBe("b/paper#0");
      expect((await repaired?.match("첫째", { limit: 5 }))?.map((hit) => hit.chunkId)).toEqual(["a/paper#0"]);
      expect((await repaired?.tokens(["a/paper#0"]))?.size).toBe(1);
    });
  }

  for (const kind of ["chunks", "embeddings"]) {
    it(`of an index of ${kind}: says so, and the next run makes the index anew without losing a row`, async () => {
      await publish(first, second);
      const table = (await readdir(folder)).find((name) => name.startsWith(`${kind}_`)) ?? "";
      const files = await readdir(join(folder, table, "_indices"), { recursive: true, withFileTypes: true });
      for (const file of files) if (file.isFile()) await truncate(join(file.parentPath, file.name), 10);
      const store = await open();
      await expect(store.open()).rejects.toMatchObject({ name: "Failure", code: "index-damaged" });
      await store.close();

      expect((await publish(first, second)).size).toBe(2);
      expect(reports.map((failure) => failure.code)).toContain("index-damaged");
      const repaired = await (await open()).open();
      expect((await repaired?.match("첫째", { limit: 5 }))?.map((hit) => hit.chunkId)).toEqual(["a/paper#0"]);
      expect((await repaired?.tokens(["a/paper#0", "b/paper#0"]))?.size).toBe(2);
    });
  }

  it("of the newest generation alone: the one before is served, and its rows are kept", async () => {
    await publish(first);
    const old = new Set(await dataFiles("embeddings"));
    await publish(first, second);
    await cutShort("embeddings", (file) => !old.has(file));
    const snapshot = await (await open()).open(recipe);
    expect(snapshot?.manifest.generation).toBe(1);
    expect((await snapshot?.match("첫째", { limit: 5 }))?.map((hit) => hit.chunkId)).toEqual(["a/paper#0"]);
    expect(reports).toHaveLength(1);
    expect(await publish(first, second)).toEqual(new Map([["a.md", first.post.hash]]));
    expect((await (await open()).open())?.manifest.counts.posts).toBe(2);
  });

  it("of the manifest: the manifest before it is read", async () => {
    await publish(first);
    const old = new Set(await dataFiles("manifest"));
    await publish(first, second);
    await cutShort("manifest", (file) => !old.has(file));
    expect(await (await open()).generation()).toBe(1);
    expect((await (await open()).open())?.manifest.counts.posts).toBe(1);
    await publish(first, second);
    expect((await (await open()).open())?.manifest.counts.posts).toBe(2);
  });
});

it("drops a post that was written in part, and makes it anew", async () => {
  await publish(first);
  const store = await open();
  const writer = await store.writer(recipe);
  await writer.write({ put: [second], remove: [] });
  await writer.close();
  await store.close();
  // As if the process had been killed after the chunks: their rows are there, the paper's are not.
  await rm((await dataFiles("papers")).toSorted().at(-1) ?? "");
  const stored = await publish(first, second);
  expect(stored.has("a.md") && stored.has("b.md")).toBe(false);
  expect((await (await open()).open())?.manifest.counts).toMatchObject({ posts: 2, papers: 2, chunks: 2 });
});

describe("a place that can't be used", () => {
  it("names the place when it is a file", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    const opened = openLanceStore(file).then((store) => store.writer(recipe));
    await expect(opened).rejects.toMatchObject({ name: "Failure", code: "storage" });
  });
});
