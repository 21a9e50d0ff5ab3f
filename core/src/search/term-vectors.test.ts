/** Tests of vectors that are made here or taken from elsewhere: what is asked of the encoder, kept, and let go. */
import { expect, it } from "vitest";
import { createHashEmbedder } from "../adapters/hash-embedder.ts";
import type { TokenVectors } from "../model/chunk.ts";
import { createTermVectors, type TakenVectors } from "./term-vectors.ts";

async function madeOf(...terms: readonly string[]) {
  const closed: string[] = [];
  const embeddings = await createHashEmbedder().embed(terms, "query");
  const vectors = new Map<string, TokenVectors>();
  for (const [index, term] of terms.entries()) {
    const tokens = embeddings[index]?.tokens;
    if (tokens !== null && tokens !== undefined) vectors.set(term, tokens);
  }
  const taken: TakenVectors = {
    get: (term) => vectors.get(term),
    has: (term) => vectors.has(term),
    close: () => closed.push(terms.join()),
  };
  return { taken, closed };
}

function counting() {
  const asked: string[] = [];
  const embedder = createHashEmbedder();
  const vectors = createTermVectors({
    ...embedder,
    embed(texts, ...rest) {
      asked.push(...texts);
      return embedder.embed(texts, ...rest);
    },
  });
  return { vectors, asked };
}

it("asks the encoder for nothing that it has taken", async () => {
  const { vectors, asked } = counting();
  vectors.keep((await madeOf("강화학습")).taken);
  await vectors.load(["강화학습", "보상"]);
  expect(asked).toEqual(["보상"]);
});

it("keeps what a search has just loaded, though vectors without it are taken meanwhile", async () => {
  const { vectors } = counting();
  await vectors.load(["강화학습", "보상"]);
  vectors.keep((await madeOf("보상")).taken);
  expect(vectors.get("강화학습")).toBeDefined();
  expect(vectors.get("보상")).toBeDefined();
});

it("closes what it took before, and only that", async () => {
  const { vectors } = counting();
  const [first, second] = [await madeOf("강화학습"), await madeOf("보상")];
  vectors.keep(first.taken);
  vectors.keep(second.taken);
  expect([first.closed, second.closed]).toEqual([["강화학습"], []]);
  expect(vectors.has("강화학습")).toBe(false);
});
