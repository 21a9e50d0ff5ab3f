/** From outcomes of queries to the rows of a report: by file, mode and language. */
import type { SearchMode } from "@nonmun/core/contract";
import { average, type Interval, interval } from "./bootstrap.ts";
import { type Measure, measures } from "./metrics.ts";
import type { Outcome } from "./quality.ts";
import { type Language, languages } from "./queries.ts";

export interface QualityRow {
  readonly file: string;
  readonly mode: SearchMode;
  readonly lang: Language | "all";
  readonly queries: number;
  readonly means: Readonly<Record<Measure, Interval>>;
}

/** How well `match` tells queries that are answered from those that are not. */
export interface MatchRow {
  readonly file: string;
  readonly mode: SearchMode;
  /** Queries that nothing answers, and the share of them that is called weak: larger is better. */
  readonly unanswerable: number;
  readonly weakShare: number;
  /** Queries that something answers, and the share of them that is called weak all the same: smaller is better. */
  readonly answerable: number;
  readonly falseWeakShare: number;
}

export interface Summary {
  readonly quality: readonly QualityRow[];
  readonly match: readonly MatchRow[];
  /** What the searcher could not do, each once. */
  readonly degraded: readonly string[];
}

export function summarize(outcomes: readonly Outcome[]): Summary {
  const groups = [...Map.groupBy(outcomes, ({ file, mode }) => `${mode}\n${file}`).values()];
  return {
    quality: groups.flatMap(qualityRows),
    match: groups.flatMap(matchRow),
    degraded: [...new Set(outcomes.flatMap(({ degraded }) => degraded))],
  };
}

function qualityRows(outcomes: readonly Outcome[]): readonly QualityRow[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  return (["all", ...languages] as const).flatMap((lang) => {
    const scores = outcomes
      .filter((outcome) => lang === "all" || outcome.lang === lang)
      .flatMap((outcome) => outcome.scores ?? []);
    if (scores.length === 0) return [];
    const [ndcg, recall, mrr, hit] = measures.map((measure) =>
      interval(scores.map((values) => values[measure])),
    );
    if (ndcg === undefined || recall === undefined || mrr === undefined || hit === undefined) return [];
    return [
      { file: first.file, mode: first.mode, lang, queries: scores.length, means: { ndcg, recall, mrr, hit } },
    ];
  });
}

function matchRow(outcomes: readonly Outcome[]): readonly MatchRow[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  const weak = (list: readonly Outcome[]) => average(list.map(({ match }) => (match === "weak" ? 1 : 0)));
  const unanswerable = outcomes.filter(({ scores }) => scores === null);
  const answerable = outcomes.filter(({ scores }) => scores !== null);
  return [
    {
      file: first.file,
      mode: first.mode,
      unanswerable: unanswerable.length,
      weakShare: weak(unanswerable),
      answerable: answerable.length,
      falseWeakShare: weak(answerable),
    },
  ];
}
