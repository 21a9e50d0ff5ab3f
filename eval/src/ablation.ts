/** What each stage of the ranking is worth: the evaluation with every stage switched off in turn. */
import type { Searcher } from "@nonmun/core/ports/searcher";
import { type Difference, difference } from "./bootstrap.ts";
import type { Outcome } from "./quality.ts";
import { type Language, languages } from "./queries.ts";
import type { Format } from "./report.ts";
import { type EvalOptions, runEval } from "./run-eval.ts";
import { markdownTable, type Table, textTable } from "./table.ts";

export interface AblationRow {
  readonly file: string;
  /** The stage that was off; null for the whole pipeline. */
  readonly without: string | null;
  /** Mean nDCG@10 over all queries that something answers, and by language. Languages without a query are absent. */
  readonly ndcg: Readonly<Partial<Record<Language | "all", number>>>;
  /** This row less the whole pipeline, query by query; null where there is nothing to compare. */
  readonly change: Difference | null;
  readonly weak: Readonly<Record<"unanswerable" | "answerable", WeakCount>>;
}

export interface WeakCount {
  readonly weak: number;
  readonly queries: number;
}

/**
 * Asks all queries of the whole pipeline, then without each of `stages`, in mode hybrid.
 *
 * @param searcherWithout makes a searcher without one stage, or with all of them.
 * @throws Failure as `runEval` does.
 */
export async function runAblation(
  searcherWithout: (stage: string | null) => Searcher,
  stages: readonly string[],
  options: Omit<EvalOptions, "modes" | "baseline">,
): Promise<readonly AblationRow[]> {
  const rows: AblationRow[] = [];
  const whole = new Map<string, number>();
  const runs = [null, ...stages];
  for (const [run, without] of runs.entries()) {
    const { outcomes } = await runEval(
      { searcher: searcherWithout(without) },
      {
        ...options,
        modes: ["hybrid"],
        onProgress: (done, total) => options.onProgress?.(run * total + done, runs.length * total),
      },
    );
    for (const list of Map.groupBy(outcomes, ({ file }) => file).values()) {
      if (without === null) for (const one of list) whole.set(keyOf(one), one.scores?.ndcg ?? 0);
      rows.push(rowOf(without, list, whole));
    }
  }
  return rows;
}

export function formatAblation(rows: readonly AblationRow[], format: Format): string {
  if (format === "json") return JSON.stringify(rows, null, 2);
  const tables = [...Map.groupBy(rows, ({ file }) => file)].map(([file, list]) => tableOf(file, list));
  return tables.map(format === "text" ? textTable : markdownTable).join("\n\n");
}

function rowOf(
  without: string | null,
  outcomes: readonly Outcome[],
  whole: ReadonlyMap<string, number>,
): AblationRow {
  const scored = outcomes.flatMap((outcome) =>
    outcome.scores === null
      ? []
      : [{ key: keyOf(outcome), lang: outcome.lang, ndcg: outcome.scores.ndcg, match: outcome.match }],
  );
  const means = (["all", ...languages] as const).flatMap((lang) => {
    const values = scored.filter((one) => lang === "all" || one.lang === lang).map(({ ndcg }) => ndcg);
    if (values.length === 0) return [];
    return [[lang, values.reduce((sum, value) => sum + value, 0) / values.length] as const];
  });
  const unanswerable = outcomes.filter(({ scores }) => scores === null);
  const changes = scored.map(({ key, ndcg }) => ndcg - (whole.get(key) ?? 0));
  return {
    file: outcomes[0]?.file ?? "",
    without,
    ndcg: Object.fromEntries(means),
    change: without === null || scored.length === 0 ? null : difference(changes),
    weak: { unanswerable: weakOf(unanswerable), answerable: weakOf(scored) },
  };
}

function weakOf(outcomes: readonly Pick<Outcome, "match">[]): WeakCount {
  return { weak: outcomes.filter(({ match }) => match === "weak").length, queries: outcomes.length };
}

function keyOf({ file, id }: Pick<Outcome, "file" | "id">): string {
  return `${file}\n${id}`;
}

function tableOf(file: string, rows: readonly AblationRow[]): Table {
  const columns = (["all", ...languages] as const).filter((lang) =>
    rows.some(({ ndcg }) => ndcg[lang] !== undefined),
  );
  const counted = (["unanswerable", "answerable"] as const).filter((kind) =>
    rows.some(({ weak }) => weak[kind].queries > 0),
  );
  return {
    title: `${file}: nDCG@10 with each stage switched off in turn`,
    head: ["stages", ...columns, "change of all", "p", ...counted.map((kind) => `weak, ${kind}`)],
    rows: rows.map(({ without, ndcg, change, weak }) => [
      without === null ? "all stages" : `without ${without}`,
      ...columns.map((lang) => ndcg[lang]?.toFixed(3) ?? "–"),
      change === null ? "–" : signed(change),
      change === null ? "–" : change.p.toFixed(3),
      ...counted.map((kind) => `${weak[kind].weak} of ${weak[kind].queries}`),
    ]),
  };
}

function signed({ mean, low, high }: Difference): string {
  return `${mean < 0 ? "−" : "+"}${Math.abs(mean).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
