/** How long a search takes, beside the bare embedding of the same queries. */

import type { SearchMode } from "@nonmun/core/contract";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import type { Searcher, SearchRequest } from "@nonmun/core/ports/searcher";
import type { Similarity } from "@nonmun/core/ports/similarity";
import { candidatesPerKind } from "@nonmun/core/search/candidates";
import { planQuery } from "@nonmun/core/search/late-interaction";
import { createTokenCache, rerank } from "@nonmun/core/search/rerank";
import { createStageClock, type Stage, stages, type Timing, timed, timingOf } from "./timing.ts";

export interface LatencyDeps {
  readonly snapshot: Snapshot;
  readonly embedder: Embedder;
  /** Makes a searcher with nothing kept from earlier queries. */
  readonly createSearcher: (parts: { readonly snapshot: Snapshot; readonly embedder: Embedder }) => Searcher;
  /** Null when there is no late interaction to measure. */
  readonly similarity: Similarity | null;
  /** Milliseconds from any fixed point. */
  readonly clock: () => number;
}

export interface Latency {
  /** Embedding the query and nothing else: what no search can be faster than. */
  readonly bare: Timing;
  readonly modes: Readonly<Record<SearchMode, Timing>>;
  /** The same query again, from the searcher's memory. */
  readonly repeated: Timing;
  /** Parts of a hybrid search; `rest` is what none of them accounts for. */
  readonly stages: Readonly<Partial<Record<Stage | "rest", Timing>>>;
  /** Late interaction over 100 candidates: token vectors from the index, and from memory. */
  readonly rerank: { readonly candidates: number; readonly cold: Timing; readonly warm: Timing } | null;
}

/** Every query goes through every way in turn, `rounds` times, so that what else the machine does weighs on all alike. */
export async function measureLatency(
  deps: LatencyDeps,
  queries: readonly string[],
  rounds: number,
  signal?: AbortSignal,
): Promise<Latency> {
  const { clock } = deps;
  const bare: number[] = [];
  const repeated: number[] = [];
  const modes: Record<SearchMode, number[]> = { hybrid: [], semantic: [], lexical: [] };
  const parts = new Map<Stage | "rest", number[]>();
  for (let round = 0; round < rounds; round++) {
    const staged = createStageClock(deps.snapshot, deps.embedder, clock);
    const searcher = deps.createSearcher(staged);
    await searcher.search(request("논문 paper", "hybrid"));
    for (const query of queries) {
      signal?.throwIfAborted();
      const [, alone] = await timed(clock, () => deps.embedder.embed([query], "query"));
      bare.push(alone);
      staged.take();
      for (const mode of ["hybrid", "semantic", "lexical"] as const) {
        const [, whole] = await timed(clock, () => searcher.search(request(query, mode)));
        modes[mode].push(whole);
        if (mode === "hybrid") addParts(parts, staged.take(), whole);
      }
      const [, again] = await timed(clock, () => searcher.search(request(query, "hybrid")));
      repeated.push(again);
    }
  }
  return {
    bare: timingOf(bare),
    modes: {
      hybrid: timingOf(modes.hybrid),
      semantic: timingOf(modes.semantic),
      lexical: timingOf(modes.lexical),
    },
    repeated: timingOf(repeated),
    stages: Object.fromEntries([...parts].map(([stage, values]) => [stage, timingOf(values)])),
    rerank: await measureRerank(deps, queries, signal),
  };
}

/** `nearest` and `match` overlap, so the rest is an estimate from below. */
function addParts(
  parts: Map<Stage | "rest", number[]>,
  spent: Readonly<Partial<Record<Stage, number>>>,
  whole: number,
): void {
  let known = 0;
  for (const stage of stages) {
    const value = spent[stage] ?? 0;
    known += value;
    push(parts, stage, value);
  }
  push(parts, "rest", Math.max(0, whole - known));
}

async function measureRerank(
  { snapshot, embedder, similarity, clock }: LatencyDeps,
  queries: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Latency["rerank"]> {
  if (similarity === null) return null;
  const statistics = {
    documents: snapshot.manifest.counts.chunks,
    frequencies: await snapshot.documentFrequencies(),
  };
  const [cold, warm]: [number[], number[]] = [[], []];
  let candidates = 0;
  for (const query of queries) {
    signal?.throwIfAborted();
    const [embedding] = await embedder.embed([query], "query");
    if (embedding === undefined || embedding.tokens === null) return null;
    const plan = planQuery(query, embedding.tokens, [], () => undefined, statistics);
    const hits = await snapshot.nearest(embedding.vector, { limit: candidatesPerKind });
    const ids = hits.map(({ chunkId }) => chunkId);
    candidates = Math.max(candidates, ids.length);
    const cache = createTokenCache();
    const [, first] = await timed(clock, () => rerank(ids, plan, similarity, snapshot, cache));
    const [, second] = await timed(clock, () => rerank(ids, plan, similarity, snapshot, cache));
    cold.push(first);
    warm.push(second);
  }
  return { candidates, cold: timingOf(cold), warm: timingOf(warm) };
}

function request(text: string, mode: SearchMode): SearchRequest {
  return { text, mode, filters: {}, sort: "relevance", limit: 10, offset: 0, explain: false };
}

function push<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
