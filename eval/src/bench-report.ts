/** The benchmark's report: times, and how they compare within the run. */

import type { LoopDelay } from "./loop-delay.ts";
import { type Format, percent } from "./report.ts";
import type { BenchReport } from "./run-bench.ts";
import { markdownTable, type Table, textTable } from "./table.ts";
import type { Speeds } from "./throughput.ts";
import type { Timing } from "./timing.ts";

export function formatBench(report: BenchReport, format: Format): string {
  switch (format) {
    case "json":
      return JSON.stringify(report, null, 2);
    case "text":
      return tables(report).map(textTable).join("\n\n");
    case "markdown":
      return tables(report).map(markdownTable).join("\n\n");
  }
}

function tables(report: BenchReport): readonly Table[] {
  const made = [latencyTable(report), loopTable(report)];
  if (report.throughput !== null) made.push(throughputTable(report.throughput));
  return made;
}

function latencyTable({ latency, queries, rounds, chunks, model }: BenchReport): Table {
  const { bare, modes, repeated, rerank } = latency;
  const row = (name: string, timing: Timing) => [
    name,
    timing.median.toFixed(2),
    timing.p95.toFixed(2),
    (timing.median / bare.median).toFixed(2),
  ];
  const stages = Object.entries(latency.stages).map(([stage, timing]) => row(`  of it: ${stage}`, timing));
  const reranked =
    rerank === null
      ? []
      : [
          row(`re-rank of ${rerank.candidates}, from the index`, rerank.cold),
          row(`re-rank of ${rerank.candidates}, from memory`, rerank.warm),
        ];
  return {
    title: `Milliseconds a query: ${queries} queries, ${rounds} rounds, ${chunks} chunks, ${model}`,
    head: ["what", "median", "p95", "× embedding"],
    rows: [
      row("embedding of the query alone", bare),
      row("hybrid search", modes.hybrid),
      ...stages,
      row("semantic search", modes.semantic),
      row("lexical search", modes.lexical),
      row("the same query again", repeated),
      ...reranked,
    ],
  };
}

function loopTable({ loop }: BenchReport): Table {
  const row = (name: string, { median, p99, max, longestTurn }: LoopDelay) => [
    name,
    median.toFixed(2),
    p99.toFixed(2),
    max.toFixed(2),
    longestTurn.toFixed(2),
  ];
  return {
    title: "Milliseconds that the event loop is late",
    head: ["while", "median", "p99", "max", "longest turn (CPU)"],
    rows: [row("idle", loop.idle), row("searching", loop.searching)],
  };
}

function throughputTable({ chunks, tokens, first, warm }: NonNullable<BenchReport["throughput"]>): Table {
  const row = (name: string, { indexing, encoder, share, cpuShare }: Speeds) => [
    name,
    indexing.toFixed(1),
    encoder.toFixed(1),
    percent(share),
    percent(cpuShare),
  ];
  return {
    title: `Chunks a second: ${chunks} chunks, ${tokens} tokens`,
    head: ["", "indexing", "encoder alone", "share", "share of CPU"],
    rows: [row("first run, compiling the code", first), row("runs after it", warm)],
  };
}
