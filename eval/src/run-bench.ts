/** The benchmark as a whole. What `nonmun bench` runs. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Failure } from "@nonmun/core/model/failure";
import { type Latency, type LatencyDeps, measureLatency } from "./latency.ts";
import { measureThroughput, type Throughput, type ThroughputDeps } from "./throughput.ts";

export interface BenchDeps extends LatencyDeps {
  /** Null to measure searches alone. */
  readonly index: ThroughputDeps["index"] | null;
}

export interface BenchOptions {
  readonly queries: readonly string[];
  /** Times that each query is asked; 3 by default. */
  readonly rounds?: number;
  readonly signal?: AbortSignal;
}

/** Delay of the event loop beyond its own timer, in milliseconds. */
export interface LoopDelay {
  readonly median: number;
  readonly p99: number;
  readonly max: number;
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

/** Milliseconds between two looks at the event loop, and how long an idle one is looked at. */
const resolution = 1;
const idleFor = 500;

/** @throws Failure `bad-parameter` without queries; `cancelled`. */
export async function runBench(deps: BenchDeps, options: BenchOptions): Promise<BenchReport> {
  const { queries, rounds = 3, signal } = options;
  if (queries.length === 0) throw new Failure("bad-parameter", "There are no queries to measure with.");
  const { embedder, snapshot, clock, index } = deps;
  await embedder.embed([queries[0] ?? ""], "query");
  try {
    const [, idle] = await whileWatching(() => new Promise((resolve) => setTimeout(resolve, idleFor)));
    const [latency, searching] = await whileWatching(() => measureLatency(deps, queries, rounds, signal));
    const throughput =
      index === null ? null : await measureThroughput({ embedder, index, clock }, Math.min(rounds, 2));
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

async function whileWatching<T>(work: () => Promise<T>): Promise<readonly [T, LoopDelay]> {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  try {
    const result = await work();
    return [result, loopDelay(delay)];
  } finally {
    delay.disable();
  }
}

function loopDelay(delay: ReturnType<typeof monitorEventLoopDelay>): LoopDelay {
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution);
  return { median: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) };
}
