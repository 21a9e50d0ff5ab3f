/** Times of parts, taken by wrapping the ports: nothing inside a search knows that it is measured. */
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import { average, quantile } from "./bootstrap.ts";

export const stages = ["embed", "nearest", "match", "tokens", "chunks"] as const;
export type Stage = (typeof stages)[number];

/** Milliseconds. */
export interface Timing {
  readonly count: number;
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
}

export function timingOf(values: readonly number[]): Timing {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    count: values.length,
    mean: average(values),
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
  };
}

/** Runs `work` and gives its milliseconds with its result. */
export async function timed<T>(clock: () => number, work: () => Promise<T>): Promise<readonly [T, number]> {
  const started = clock();
  const result = await work();
  return [result, clock() - started];
}

/** Adds up the time spent in each stage. Stages that run side by side each count in full. */
export interface StageClock {
  readonly snapshot: Snapshot;
  readonly embedder: Embedder;
  /** Times since the last call, by stage; stages that were not reached are absent. */
  take(): Readonly<Partial<Record<Stage, number>>>;
}

export function createStageClock(snapshot: Snapshot, embedder: Embedder, clock: () => number): StageClock {
  let spent: Partial<Record<Stage, number>> = {};
  async function within<T>(stage: Stage, work: Promise<T>): Promise<T> {
    const started = clock();
    try {
      return await work;
    } finally {
      spent[stage] = (spent[stage] ?? 0) + (clock() - started);
    }
  }
  return {
    // The prototype chain passes on what is not timed, also for a snapshot that is an instance of a class.
    snapshot: Object.assign(Object.create(snapshot), {
      nearest: (...args: Parameters<Snapshot["nearest"]>) => within("nearest", snapshot.nearest(...args)),
      match: (...args: Parameters<Snapshot["match"]>) => within("match", snapshot.match(...args)),
      tokens: (...args: Parameters<Snapshot["tokens"]>) => within("tokens", snapshot.tokens(...args)),
      chunks: (...args: Parameters<Snapshot["chunks"]>) => within("chunks", snapshot.chunks(...args)),
    }),
    embedder: {
      profile: embedder.profile,
      countTokens: (text) => embedder.countTokens(text),
      embed: (...args) => within("embed", embedder.embed(...args)),
      close: () => embedder.close(),
    },
    take() {
      const taken = spent;
      spent = {};
      return taken;
    },
  };
}
