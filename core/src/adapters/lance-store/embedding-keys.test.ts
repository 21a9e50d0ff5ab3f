/** Embeddings are found by their keys inside the index and outside of it, and few lie outside. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@lancedb/lancedb";
import { expect, it } from "vitest";
import { postEntry, publishOptions, recipe } from "../../ports/index-store.fixtures.ts";
import type { IndexStore } from "../../ports/index-store.ts";
import { openLanceStore } from "./open.ts";

/** One post of `count` chunks, each with two tokens of its own. */
function post(path: string, count: number) {
  const texts = Array.from({ length: count }, (_, at) => `글 ${path} ${at}`);
  const tokenIds = texts.map((_, at) => [at % 7, 10 + (at % 5)]);
  return postEntry({ path, texts, degrees: texts.map((_, at) => at), tokenIds });
}

async function publish(store: IndexStore, entry: ReturnType<typeof post>) {
  const writer = await store.writer(recipe);
  await writer.write({ put: [entry], remove: [] });
  await writer.publish(publishOptions);
  await writer.close();
}

async function outsideIndex(index: string): Promise<number | undefined> {
  const connection = await connect(index);
  const name = (await connection.tableNames()).find((one) => one.startsWith("embeddings_"));
  const table = await connection.openTable(name ?? "");
  return (await table.indexStats("key_idx"))?.numUnindexedRows;
}

it("finds those of both sides of the index, which is made anew before many lie outside", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-keys-"));
  const index = join(folder, "index");
  const store = await openLanceStore(index);
  const [first, some, many] = [post("a.md", 40), post("b.md", 30), post("c.md", 480)];
  await publish(store, first);
  expect(await outsideIndex(index)).toBe(0);
  await publish(store, some);
  expect(await outsideIndex(index)).toBe(30);

  const wanted = [first, some].flatMap(({ chunks }) => chunks.slice(0, 2));
  const texts = wanted.map(({ embedded }) => embedded);
  const writer = await store.writer(recipe);
  expect([...(await writer.reuse([...texts, "nowhere"])).keys()].sort()).toEqual([...texts].sort());
  await writer.close();
  const snapshot = await store.open(recipe);
  const tokens = await snapshot?.tokens([...wanted.map(({ id }) => id), "nowhere#0"]);
  expect([...(tokens ?? [])].map(([id, { ids }]) => [id, [...ids]])).toEqual([
    ["a/paper#0", [0, 10]],
    ["a/paper#1", [1, 11]],
    ["b/paper#0", [0, 10]],
    ["b/paper#1", [1, 11]],
  ]);
  await snapshot?.close();

  await publish(store, many);
  expect(await outsideIndex(index)).toBe(0);
  await store.close();
  await rm(folder, { recursive: true });
}, 60_000);
