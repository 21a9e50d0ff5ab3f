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
  /** Makes an index from nothing. */
  readonly index: () => Promise<void>;
  /** The texts that are embedded for it; not part of what is measured. */
  readonly texts: () => Promise<readonly string[]>;
  readonly clock: () => number;
}

export interface Throughput {
  readonly chunks: number;
  readonly tokens: number;
  /** The first run of the process, which compiles the program's code: a second of it, however much there is to index. */
  readonly first: Speeds;
  /** Medians of the runs after it. */
  readonly warm: Speeds;
}

export interface Speeds {
  /** Chunks a second. */
  readonly indexing: number;
  readonly encoder: number;
  /** Indexing's share of the bare encoder's speed. */
  readonly share: number;
  /** The same in CPU time of the whole process, which other programs don't change: the encoder's part of what indexing computes. */
  readonly cpuShare: number;
}

/** Texts that take longer to embed than an encoder to start. */
const readyTexts = 64;

/** Measures `rounds` times after the first: indexing, then the encoder alone, in turn. */
export async function measureThroughput(deps: ThroughputDeps, rounds: number): Promise<Throughput> {
  const { embedder, index, clock } = deps;
  const texts = await deps.texts();
  // Neither side pays for loading the weights: said to be part of a large job, texts have those of a large job loaded, in as
  // many encoders as share one, which are there before these are embedded. A job that is done frees them.
  const getReady = () =>
    embedder.embed(texts.slice(0, readyTexts), "passage", { jobSize: Number.MAX_SAFE_INTEGER });

  async function round(): Promise<Speeds> {
    await getReady();
    const start = process.cpuUsage();
    const [, whole] = await timed(clock, index);
    const indexingCpu = cpuMs(process.cpuUsage(start));
    await getReady();
    const middle = process.cpuUsage();
    const [, alone] = await timed(clock, () => embedder.embed(texts, "passage"));
    return {
      indexing: (1000 * texts.length) / whole,
      encoder: (1000 * texts.length) / alone,
      share: alone / whole,
      cpuShare: cpuMs(process.cpuUsage(middle)) / indexingCpu,
    };
  }

  const first = await round();
  const later: Speeds[] = [];
  while (later.length < rounds) later.push(await round());
  const middleOf = (name: keyof Speeds) => median(later.map((speeds) => speeds[name]));
  return {
    chunks: texts.length,
    tokens: texts.reduce((sum, text) => sum + embedder.countTokens(text), 0),
    first,
    warm: {
      indexing: middleOf("indexing"),
      encoder: middleOf("encoder"),
      share: middleOf("share"),
      cpuShare: middleOf("cpuShare"),
    },
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
