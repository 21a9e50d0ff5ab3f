/** A run against a saved one, query by query. */
import type { SearchMode } from "@nonmun/core/contract";
import { Failure } from "@nonmun/core/model/failure";
import { type Difference, difference } from "./bootstrap.ts";
import type { Outcome } from "./quality.ts";
import { type Language, languages } from "./queries.ts";

/** What is kept of a run: nDCG@10 by mode, file and query. */
export interface SavedRun {
  readonly version: 1;
  readonly note: string;
  readonly ndcg: Readonly<Record<string, number>>;
}

export interface ComparisonRow {
  readonly file: string;
  readonly mode: SearchMode;
  readonly lang: Language | "all";
  readonly queries: number;
  /** nDCG@10 of this run less that of the saved one. */
  readonly change: Difference;
}

export interface Comparison {
  readonly note: string;
  readonly rows: readonly ComparisonRow[];
  /** Queries that changed, largest change first. */
  readonly changed: readonly { readonly query: string; readonly before: number; readonly after: number }[];
  /** Queries of this run that the saved one does not have: they are not compared. */
  readonly missing: number;
}

export function saveRun(outcomes: readonly Outcome[], note: string): SavedRun {
  const scored = outcomes.flatMap((outcome) =>
    outcome.scores === null ? [] : [[keyOf(outcome), Number(outcome.scores.ndcg.toFixed(4))] as const],
  );
  return { version: 1, note, ndcg: Object.fromEntries(scored) };
}

/** @throws Failure `bad-parameter` when the text is no saved run. */
export function parseSavedRun(text: string, name: string): SavedRun {
  try {
    const value: unknown = JSON.parse(text);
    if (isSavedRun(value)) return value;
  } catch (cause) {
    throw badRun(name, cause);
  }
  throw badRun(name);
}

/** Pairs this run's queries with the saved ones. A change below 0.00005 is one of rounding. */
export function compareRuns(outcomes: readonly Outcome[], saved: SavedRun): Comparison {
  const pairs = outcomes.flatMap((outcome) => {
    const before = saved.ndcg[keyOf(outcome)];
    if (outcome.scores === null || before === undefined) return [];
    const after = Number(outcome.scores.ndcg.toFixed(4));
    return [{ ...outcome, before, after }];
  });
  const groups = [...Map.groupBy(pairs, ({ file, mode }) => `${mode}\n${file}`).values()];
  const scored = outcomes.filter(({ scores }) => scores !== null).length;
  return {
    note: saved.note,
    rows: groups.flatMap(compareGroup),
    changed: pairs
      .filter(({ before, after }) => before !== after)
      .map((pair) => ({ query: `${keyOf(pair)} ${pair.query}`, before: pair.before, after: pair.after }))
      .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before)),
    missing: scored - pairs.length,
  };
}

type Pair = Outcome & { readonly before: number; readonly after: number };

function compareGroup(pairs: readonly Pair[]): readonly ComparisonRow[] {
  const [first] = pairs;
  if (first === undefined) return [];
  return (["all", ...languages] as const).flatMap((lang) => {
    const changes = pairs
      .filter((pair) => lang === "all" || pair.lang === lang)
      .map(({ before, after }) => after - before);
    if (changes.length === 0) return [];
    const { file, mode } = first;
    return [{ file, mode, lang, queries: changes.length, change: difference(changes) }];
  });
}

function keyOf({ mode, file, id }: Pick<Outcome, "mode" | "file" | "id">): string {
  return `${mode} ${file} ${id}`;
}

function isSavedRun(value: unknown): value is SavedRun {
  if (typeof value !== "object" || value === null) return false;
  if (!("version" in value && "note" in value && "ndcg" in value)) return false;
  const { version, note, ndcg } = value;
  if (version !== 1 || typeof note !== "string" || typeof ndcg !== "object" || ndcg === null) return false;
  return Object.values(ndcg).every((score) => typeof score === "number");
}

function badRun(name: string, cause?: unknown): Failure {
  return new Failure("bad-parameter", `${name} is no saved run of the evaluation.`, {
    advice: "Save one with `nonmun eval … --save FILE`.",
    subject: name,
    cause,
  });
}
