/** Tests of the benchmark: what is measured and how it is reported, over a small index in memory and a clock of its own. */
import { createHashEmbedder } from "@nonmun/core/adapters/hash-embedder";
import { createMemoryStore } from "@nonmun/core/adapters/memory-store";
import { createPlainSimilarity } from "@nonmun/core/adapters/plain-similarity";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import { postEntry, publishOptions, recipe } from "@nonmun/core/ports/index-store.fixtures";
import { createRanking } from "@nonmun/core/search/ranking";
import { createSearcher } from "@nonmun/core/search/searcher";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatBench } from "./bench-report.ts";
import { type BenchDeps, runBench } from "./run-bench.ts";
import { createStageClock, timingOf } from "./timing.ts";

const embedder = createHashEmbedder();
const similarity = createPlainSimilarity();
const texts = [
  "그림을 그리며 추론하는 모델",
  "강화학습으로 도구 호출을 학습한다",
  "로봇 팔의 3차원 공간 이해",
];
let snapshot: Snapshot;

beforeEach(async () => {
  const { dimensions } = embedder.profile;
  const store = createMemoryStore();
  const writer = await store.writer({ ...recipe, dimensions });
  const entry = postEntry({ path: "2025-10-29.mdx", texts, dimensions });
  const embeddings = await embedder.embed(
    entry.chunks.map(({ embedded }) => embedded),
    "passage",
  );
  await writer.write({ put: [{ ...entry, embeddings }], remove: [] });
  await writer.publish(publishOptions);
  await writer.close();
  const opened = await store.open();
  if (opened === null) throw new Error("Nothing was published.");
  snapshot = opened;
});
afterEach(() => snapshot.close());

/** A clock that moves one millisecond each time that it is read. */
function ticking(): () => number {
  let now = 0;
  return () => now++;
}

function deps(change: Partial<BenchDeps> = {}): BenchDeps {
  const ranking = createRanking({ glossary: [], embedder, similarity });
  const clock = ticking();
  return {
    snapshot,
    embedder,
    similarity,
    clock,
    createSearcher: (parts) => createSearcher({ ...parts, ranking, siteUrl: null, clock }),
    indexing: (measure) => measure({ embedder, index: async () => undefined, texts: async () => texts }),
    ...change,
  };
}

describe("runBench", () => {
  it("times every query in every way, once a round, and what a hybrid search is made of", async () => {
    const report = await runBench(deps(), { queries: ["추론", "로봇 팔"], rounds: 2 });
    const { bare, modes, repeated, stages, rerank } = report.latency;
    expect([bare, modes.hybrid, modes.semantic, modes.lexical, repeated].map(({ count }) => count)).toEqual([
      4, 4, 4, 4, 4,
    ]);
    expect(Object.keys(stages)).toEqual(["embed", "nearest", "match", "tokens", "chunks", "rest"]);
    expect(stages.embed?.median).toBeGreaterThan(0);
    expect(stages.match?.median).toBeGreaterThan(0);
    expect(modes.hybrid.median).toBeGreaterThan(repeated.median);
    expect(rerank).toMatchObject({ candidates: 3, cold: { count: 2 }, warm: { count: 2 } });
    expect(report.throughput).toMatchObject({
      chunks: 3,
      first: { share: expect.any(Number) },
      warm: { share: expect.any(Number), cpuShare: expect.any(Number) },
    });
  });

  it("reports ratios to the bare embedding, as text, Markdown and JSON", async () => {
    const report = await runBench(deps(), { queries: ["추론"], rounds: 1 });
    expect(formatBench(report, "text")).toMatch(/embedding of the query alone +1\.00 +1\.00 +1\.00/u);
    expect(formatBench(report, "markdown")).toContain("| re-rank of 3, from memory |");
    expect(JSON.parse(formatBench(report, "json"))).toEqual(report);
  });

  it("goes without late interaction and indexing where there is none", async () => {
    const report = await runBench(deps({ similarity: null, indexing: null }), {
      queries: ["추론"],
      rounds: 1,
    });
    expect(report.latency.rerank).toBeNull();
    expect(formatBench(report, "text")).not.toContain("Chunks a second");
  });

  it("refuses to measure nothing, and stops when it is cancelled", async () => {
    await expect(runBench(deps(), { queries: [] })).rejects.toMatchObject({ code: "bad-parameter" });
    const work = runBench(deps(), { queries: ["추론"], signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ code: "cancelled" });
  });
});

it("adds up a stage that runs several times, also when it fails, and starts anew after it was taken", async () => {
  const clock = createStageClock(snapshot, embedder, ticking());
  await clock.embedder.embed(["추론"], "query");
  await clock.embedder.embed(["추론"], "query");
  await clock.embedder.embed(["추론"], "query", { signal: AbortSignal.abort() }).catch(() => undefined);
  expect(clock.take()).toEqual({ embed: 3 });
  expect(clock.take()).toEqual({});
  expect(await clock.snapshot.catalogue()).toHaveLength(1);
});

it("takes the median and the 95th percentile", () => {
  const timing = timingOf([5, 1, 3, 2, 4]);
  expect(timing).toMatchObject({ count: 5, mean: 3, median: 3 });
  expect(timing.p95).toBeCloseTo(4.8);
});
