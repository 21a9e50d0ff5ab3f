/** Tests of the layout that a generation is published with: from the store's vectors, beginning from the layout before. */
import { createHashEmbedder } from "@nonmun/core/adapters/hash-embedder";
import { createMemoryStore } from "@nonmun/core/adapters/memory-store";
import type { IndexStore, IndexWriter, PostEntry } from "@nonmun/core/ports/index-store";
import { postEntry, publishOptions } from "@nonmun/core/ports/index-store.fixtures";
import { expect, it } from "vitest";
import type { MapPosition } from "../map/types.ts";
import { layOutIndex, mapLayoutArtifact } from "./lay-out-index.ts";
import { recipeFor } from "./recipe.ts";

const embedder = createHashEmbedder();
const recipe = recipeFor(embedder.profile);
const words = ["정렬", "추론", "확산", "음성", "번역", "로봇", "검색"];

/** One post with one paper for each number, of two chunks about one of the words. */
async function entries(numbers: readonly number[]): Promise<readonly PostEntry[]> {
  const shapes = numbers.map((number) => {
    const word = words[number % words.length] ?? "";
    return { path: `${number}.md`, texts: [`${word} ${word} 모델 ${number}`, `${word} 학습 ${number % 10}`] };
  });
  const plain = shapes.map((shape) => postEntry(shape));
  const texts = plain.flatMap(({ chunks }) => chunks.map(({ embedded }) => embedded));
  const embeddings = await embedder.embed(texts, "passage");
  return plain.map((entry, at) => ({ ...entry, embeddings: embeddings.slice(2 * at, 2 * at + 2) }));
}

async function publish(store: IndexStore, write: (writer: IndexWriter) => Promise<void>) {
  const writer = await store.writer(recipe);
  await write(writer);
  const artifacts = await layOutIndex(writer);
  await writer.publish({ ...publishOptions, artifacts: async () => artifacts });
  await writer.close();
  return JSON.parse(new TextDecoder().decode(artifacts[mapLayoutArtifact])) as readonly MapPosition[];
}

const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

it("lays out some papers, keeps them when one comes and when one goes, and nothing when all are gone", async () => {
  const store = createMemoryStore();
  const put = await entries(upTo(30));
  const first = await publish(store, (writer) => writer.write({ put: put.slice(0, 29), remove: [] }));
  expect(first.map(({ id }) => id)).toEqual(
    upTo(29)
      .map((number) => `${number}/paper`)
      .sort(),
  );
  const second = await publish(store, (writer) => writer.write({ put: put.slice(29), remove: [] }));
  expect(second.filter(({ id }) => id !== "29/paper")).toEqual(first);
  expect(second).toHaveLength(30);
  const third = await publish(store, (writer) => writer.write({ put: [], remove: ["0.md"] }));
  expect(third).toEqual(second.filter(({ id }) => id !== "0/paper"));
  const gone = upTo(30).map((number) => `${number}.md`);
  expect(await publish(store, (writer) => writer.write({ put: [], remove: gone }))).toEqual([]);
});

it("places each of more papers than are drawn, and keeps them when one comes", async () => {
  const store = createMemoryStore();
  const put = await entries(upTo(2011));
  const first = await publish(store, (writer) => writer.write({ put: put.slice(0, 2010), remove: [] }));
  expect(new Set(first.map(({ id }) => id)).size).toBe(2010);
  expect(first.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true);

  const second = await publish(store, (writer) => writer.write({ put: put.slice(2010), remove: [] }));
  expect(second.filter(({ id }) => id !== "2010/paper")).toEqual(first);
  expect(second).toHaveLength(2011);
});
