/** The evaluation's report: as text for a terminal, as Markdown for the documentation, as JSON for programs. */
import type { Difference, Interval } from "./bootstrap.ts";
import type { Comparison } from "./comparison.ts";
import { measureNames, measures } from "./metrics.ts";
import type { Outcome } from "./quality.ts";
import type { Summary } from "./summary.ts";
import { markdownTable, type Table, textTable } from "./table.ts";

export const formats = ["text", "markdown", "json"] as const;
export type Format = (typeof formats)[number];

export interface EvalReport {
  readonly summary: Summary;
  readonly comparison: Comparison | null;
  readonly outcomes: readonly Outcome[];
}

/** Changed queries that a report names. */
const namedChanges = 10;

export function formatEval(report: EvalReport, format: Format): string {
  switch (format) {
    case "json":
      return JSON.stringify(report, null, 2);
    case "text":
      return [...tables(report).map(textTable), ...notes(report)].join("\n\n");
    case "markdown":
      return [...tables(report).map(markdownTable), ...notes(report)].join("\n\n");
  }
}

function tables({ summary, comparison }: EvalReport): readonly Table[] {
  const made = [qualityTable(summary)];
  if (summary.match.some(({ unanswerable }) => unanswerable > 0)) made.push(matchTable(summary));
  if (comparison !== null) made.push(comparisonTable(comparison), changesTable(comparison));
  return made.filter(({ rows }) => rows.length > 0);
}

function qualityTable({ quality }: Summary): Table {
  return {
    title: "Quality, with the 95 % bootstrap interval of nDCG@10",
    head: [
      "file",
      "mode",
      "lang",
      "queries",
      measureNames.ndcg,
      "interval",
      ...measures.slice(1).map((m) => measureNames[m]),
    ],
    rows: quality.map(({ file, mode, lang, queries, means }) => [
      file,
      mode,
      lang,
      String(queries),
      means.ndcg.mean.toFixed(3),
      span(means.ndcg),
      ...measures.slice(1).map((measure) => means[measure].mean.toFixed(3)),
    ]),
  };
}

function matchTable({ match }: Summary): Table {
  return {
    title: "Match: queries that are called weak",
    head: ["file", "mode", "unanswerable", "called weak", "answerable", "falsely weak"],
    rows: match.map((row) => [
      row.file,
      row.mode,
      String(row.unanswerable),
      row.unanswerable === 0 ? "–" : percent(row.weakShare),
      String(row.answerable),
      row.answerable === 0 ? "–" : percent(row.falseWeakShare),
    ]),
  };
}

function comparisonTable({ note, rows }: Comparison): Table {
  return {
    title: `Change of nDCG@10 since: ${note}`,
    head: ["file", "mode", "lang", "queries", "change", "interval", "p"],
    rows: rows.map(({ file, mode, lang, queries, change }) => [
      file,
      mode,
      lang,
      String(queries),
      signed(change),
      span(change),
      change.p.toFixed(3),
    ]),
  };
}

function changesTable({ changed }: Comparison): Table {
  const named = changed.slice(0, namedChanges);
  return {
    title: `Queries that changed most (${named.length} of ${changed.length})`,
    head: ["query", "before", "after"],
    rows: named.map(({ query, before, after }) => [query, before.toFixed(3), after.toFixed(3)]),
  };
}

function notes({ summary, comparison }: EvalReport): readonly string[] {
  const missing = comparison?.missing ?? 0;
  return [
    ...summary.degraded.map((what) => `Degraded: ${what}`),
    ...(missing > 0 ? [`Not compared: ${missing} queries that the saved run doesn't have.`] : []),
  ];
}

function span({ low, high }: Interval): string {
  return `[${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function signed({ mean }: Difference): string {
  return `${mean < 0 ? "−" : "+"}${Math.abs(mean).toFixed(3)}`;
}

/** A share as whole per cent. */
export function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
