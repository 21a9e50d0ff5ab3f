/**
 * How fast an index is made, beside the bare encoder on the same texts: the same engine, weights and threads, loaded before
 * either is measured, and all texts given to it at once.
 */
import type { Embedder } from "@nonmun/core/ports/embedder";
import { quantile } from "./bootstrap.ts";
import { timed } from "./timing.ts";

export interface ThroughputDeps {
  /** The one that the index is made with. */
  readonly embedder: Embedder;
  /** Makes an index from nothing and gives the texts that it embedded. */
  readonly index: () => Promise<readonly string[]>;
  readonly clock: () => number;
}

export interface Throughput {
  readonly chunks: number;
  readonly tokens: number;
  /** Chunks a second. */
  readonly indexing: number;
  readonly encoder: number;
  /** Indexing's share of the bare encoder's speed, the median of the rounds. */
  readonly share: number;
  /**
   * The same in CPU time of the whole process, which other programs don't change: the encoder's part of what indexing computes,
   * the median of the rounds.
   */
  readonly cpuShare: number;
}

export async function measureThroughput(deps: ThroughputDeps, rounds: number): Promise<Throughput> {
  const { embedder, index, clock } = deps;
  const indexing: number[] = [];
  const encoder: number[] = [];
  const cpuShares: number[] = [];
  let texts: readonly string[] = [];
  // Neither side pays for loading the weights: said to be part of a large job, a text has those of a large job loaded.
  await embedder.embed(["논문"], "passage", { jobSize: Number.MAX_SAFE_INTEGER });
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    const [embedded, whole] = await timed(clock, index);
    const indexingCpu = cpuMs(process.cpuUsage(start));
    texts = embedded;
    const middle = process.cpuUsage();
    const [, alone] = await timed(clock, () => embedder.embed(texts, "passage"));
    cpuShares.push(cpuMs(process.cpuUsage(middle)) / indexingCpu);
    indexing.push(whole);
    encoder.push(alone);
  }
  const shares = indexing.map((whole, i) => (encoder[i] ?? 0) / whole);
  return {
    chunks: texts.length,
    tokens: texts.reduce((sum, text) => sum + embedder.countTokens(text), 0),
    indexing: (1000 * texts.length) / median(indexing),
    encoder: (1000 * texts.length) / median(encoder),
    share: median(shares),
    cpuShare: median(cpuShares),
  };
}

function cpuMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
