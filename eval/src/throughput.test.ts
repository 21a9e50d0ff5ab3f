/** Tests of the throughput: what is measured, how often, and that the first run stands apart. */
import { createHashEmbedder } from "@nonmun/core/adapters/hash-embedder";
import { expect, it } from "vitest";
import { measureThroughput } from "./throughput.ts";

const texts = ["정렬 학습", "그림 그리며 추론"];

/** Indexing that takes 40 s the first time and 10 s later, and an encoder that takes 8 s for all texts. */
function slowToStart() {
  let now = 0;
  let runs = 0;
  const embedder = createHashEmbedder();
  return {
    clock: () => now,
    embedder: {
      ...embedder,
      async embed(...args: Parameters<typeof embedder.embed>) {
        now += 4000 * args[0].length;
        return embedder.embed(...args);
      },
    },
    async index() {
      now += runs++ === 0 ? 40_000 : 10_000;
    },
    texts: async () => texts,
    runs: () => runs,
  };
}

it("sets the first run apart, and takes the median of those after it", async () => {
  const deps = slowToStart();
  const { chunks, tokens, first, warm } = await measureThroughput(deps, 3);
  expect(deps.runs()).toBe(4);
  expect({ chunks, tokens }).toEqual({ chunks: 2, tokens: 5 });
  expect(first).toMatchObject({ indexing: 0.05, encoder: 0.25, share: 0.2 });
  expect(warm).toMatchObject({ indexing: 0.2, encoder: 0.25, share: 0.8 });
});
