/** The benchmark as a whole. What `nonmun bench` runs. */
import { Failure } from "@nonmun/core/model/failure";
import { type Latency, type LatencyDeps, measureLatency } from "./latency.ts";
import { type LoopDelay, whileWatching } from "./loop-delay.ts";
import { measureThroughput, type Throughput, type ThroughputDeps } from "./throughput.ts";

export interface BenchDeps extends LatencyDeps {
  /** Null to measure searches alone. Its embedder is opened for it, since an index may be made with other weights. */
  readonly indexing: (<T>(measure: (deps: Omit<ThroughputDeps, "clock">) => Promise<T>) => Promise<T>) | null;
}

export interface BenchOptions {
  readonly queries: readonly string[];
  /** Times that each query is asked; 3 by default. */
  readonly rounds?: number;
  readonly signal?: AbortSignal;
}

export interface BenchReport {
  readonly model: string;
  readonly chunks: number;
  readonly queries: number;
  readonly rounds: number;
  readonly latency: Latency;
  readonly loop: { readonly idle: LoopDelay; readonly searching: LoopDelay };
  readonly throughput: Throughput | null;
}

/** Milliseconds for which an idle event loop is looked at. */
const idleFor = 500;

/** @throws Failure `bad-parameter` without queries; `cancelled`. */
export async function runBench(deps: BenchDeps, options: BenchOptions): Promise<BenchReport> {
  const { queries, rounds = 3, signal } = options;
  if (queries.length === 0) throw new Failure("bad-parameter", "There are no queries to measure with.");
  const { embedder, snapshot, clock, indexing } = deps;
  await embedder.embed([queries[0] ?? ""], "query");
  try {
    const [, idle] = await whileWatching(() => new Promise((resolve) => setTimeout(resolve, idleFor)));
    const [latency, searching] = await whileWatching(() => measureLatency(deps, queries, rounds, signal));
    const throughput =
      indexing === null
        ? null
        : await indexing((parts) => measureThroughput({ ...parts, clock }, Math.min(rounds, 3)));
    return {
      model: embedder.profile.id,
      chunks: snapshot.manifest.counts.chunks,
      queries: queries.length,
      rounds,
      latency,
      loop: { idle, searching },
      throughput,
    };
  } catch (cause) {
    if (signal?.aborted === true) throw new Failure("cancelled", "The benchmark was cancelled.", { cause });
    throw cause;
  }
}
