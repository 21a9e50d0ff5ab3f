/** Tests of encoders side by side: the contract, the same vectors as one encoder gives, and how a large job goes and ends. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readdir, readFile } from "node:fs/promises";
import type { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeEmbedder } from "../ports/embedder.contract.ts";
import type { Embedder } from "../ports/embedder.ts";
import { openEncoderPool } from "./encoder-pool.ts";
import { openTransformersEmbedder } from "./transformers-embedder.ts";

/** Two encoders of one thread, however many cores there are. */
const open = () => openEncoderPool(undefined, { threads: 2 });

describeEmbedder("a pool of encoders", open);

describe("a pool of encoders", () => {
  let pool: Embedder;
  beforeAll(async () => {
    pool = await open();
  });
  afterAll(() => pool.close());

  const texts = Array.from(
    { length: 70 },
    (_, i) => `${i}번째 글: ${"추론 모델을 학습한다. ".repeat(i % 9)}`,
  );

  it("gives each text of a large job the vectors that one encoder gives it, in their order", async () => {
    const alone = await openTransformersEmbedder(undefined, { threads: 1, weights: "expanded" });
    const expected = await alone.embed(texts, "passage");
    await alone.close();
    // The second time both take part from the beginning.
    for (let round = 0; round < 2; round++) {
      const made = await pool.embed(texts, "passage");
      expect(made.map(({ tokens }) => tokens?.ids)).toEqual(expected.map(({ tokens }) => tokens?.ids));
      for (const [i, { vector }] of made.entries()) {
        const other = expected[i]?.vector ?? vector;
        expect(vector.reduce((sum, value, d) => sum + value * (other[d] ?? 0), 0)).toBeGreaterThan(0.9999);
      }
    }
  });

  it("tells how many texts were embedded, up to all of them, whether the job is large or small", async () => {
    for (const jobSize of [texts.length, 1]) {
      const told: number[] = [];
      await pool.embed(texts, "passage", { jobSize, onEmbedded: (count) => told.push(count) });
      expect(told.reduce((sum, count) => sum + count, 0)).toBe(texts.length);
    }
  });

  it("answers two large jobs at once", async () => {
    const [first, second] = await Promise.all([
      pool.embed(texts, "passage"),
      pool.embed(texts.toReversed(), "passage"),
    ]);
    expect(second.map(({ tokens }) => tokens?.ids)).toEqual(
      first.toReversed().map(({ tokens }) => tokens?.ids),
    );
  });

  it("stops a large job half-way, and goes on with the next", async () => {
    const changed = new AbortController();
    const work = pool.embed(texts, "passage", { signal: changed.signal, onEmbedded: () => changed.abort() });
    await expect(work).rejects.toMatchObject({ code: "cancelled" });
    expect(await pool.embed(texts.slice(0, 3), "passage")).toHaveLength(3);
  });
});

it("may be closed in the middle of a large job, and while its other encoder starts", async () => {
  const pool = await open();
  const work = pool.embed(Array(300).fill("긴 글이다. ".repeat(50)), "passage", {
    onEmbedded: () => void pool.close(),
  });
  await expect(work).rejects.toMatchObject({ code: "model-broken" });
  await pool.close();
});

it("goes on with small and large jobs after it has made itself small", async () => {
  const pool = await openEncoderPool(undefined, { threads: 2, restMs: 0 });
  const texts = Array.from({ length: 64 }, (_, i) => `${i}번째 글을 읽는다`);
  const ids = async () => (await pool.embed(texts, "passage")).map(({ tokens }) => tokens?.ids);
  const before = await ids();
  for (let round = 0; round < 2; round++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await pool.embed(["하나"], "passage", { jobSize: 1 })).toHaveLength(1);
    expect(await ids()).toEqual(before);
  }
  await pool.close();
});

it("frees its other encoder when as many texts are embedded as the job was said to have", async () => {
  const threads = new Set<Worker>();
  const see = (message: unknown): void => {
    const { worker } = message as { readonly worker: Worker };
    threads.add(worker);
    worker.once("exit", () => threads.delete(worker));
  };
  subscribe("worker_threads", see);
  try {
    const pool = await openEncoderPool(undefined, { threads: 2, restMs: 60_000 });
    const texts = Array.from({ length: 64 }, (_, i) => `${i}번째 글을 읽는다`);
    const half = { jobSize: 2 * texts.length };
    await pool.embed(texts, "passage", half);
    expect(threads.size).toBe(2);
    await pool.embed(texts, "passage", half);
    await expect.poll(() => threads.size, { timeout: 10_000 }).toBe(1);
    await pool.close();
    expect(threads.size).toBe(0);
  } finally {
    unsubscribe("worker_threads", see);
  }
});

// Elsewhere a thread has no priority of its own, and nothing tells it.
it.skipIf(process.platform !== "linux")(
  "lets its other encoder give way to other work, and the first one not",
  async () => {
    const given = async () => (await niceOfThreads()).filter((nice) => nice > 0).length;
    const before = await given();
    const pool = await openEncoderPool(undefined, { threads: 2, restMs: 60_000 });
    const texts = Array.from({ length: 64 }, (_, i) => `${i}번째 글을 읽는다`);
    expect(await given()).toBe(before);
    await pool.embed(texts, "passage", { jobSize: 2 * texts.length });
    // It starts after the first has embedded something.
    await expect.poll(given, { timeout: 10_000 }).toBeGreaterThan(before);
    const threads = (await niceOfThreads()).length;
    expect(await given()).toBeLessThan(threads / 2);
    await pool.close();
  },
);

async function niceOfThreads(): Promise<readonly number[]> {
  const threads = await readdir("/proc/self/task");
  const stats = await Promise.all(
    threads.map((thread) => readFile(`/proc/self/task/${thread}/stat`, "utf8")),
  );
  // Behind the program's name, which may hold blanks: proc(5) has nice as the 19th field.
  return stats.map((stat) => Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]));
}

it("is one encoder where there is one core", async () => {
  const pool = await openEncoderPool(undefined, { threads: 1 });
  expect(await pool.embed(["논문"], "passage")).toHaveLength(1);
  await pool.close();
});
