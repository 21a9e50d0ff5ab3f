/** Asks a searcher every query in every mode and scores what it gives. */
import type { SearchMode } from "@nonmun/core/contract";
import { Failure } from "@nonmun/core/model/failure";
import type { Searcher } from "@nonmun/core/ports/searcher";
import { byArxivId, type PaperNaming } from "./corpus-papers.ts";
import { depth, type Ranking, type Scores, score } from "./metrics.ts";
import type { EvalQuery, Language, QuerySet } from "./queries.ts";

/** What one query gave in one mode. */
export interface Outcome {
  readonly file: string;
  readonly id: string;
  readonly query: string;
  readonly lang: Language;
  readonly mode: SearchMode;
  readonly ranking: Ranking;
  /** Null for a query that nothing answers. */
  readonly scores: Scores | null;
  readonly match: "good" | "weak";
  /** Score of the first result, 0 without one. */
  readonly best: number;
  readonly degraded: readonly string[];
}

export interface EvaluateOptions {
  readonly modes: readonly SearchMode[];
  readonly naming?: PaperNaming;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** @throws Failure `cancelled` when `signal` is aborted. */
export async function evaluate(
  searcher: Searcher,
  sets: readonly QuerySet[],
  { modes, naming = byArxivId, signal, onProgress }: EvaluateOptions,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const total = modes.length * sets.reduce((sum, { queries }) => sum + queries.length, 0);
  for (const mode of modes) {
    for (const { name, queries } of sets) {
      for (const query of queries) {
        if (signal?.aborted === true) throw new Failure("cancelled", "The evaluation was cancelled.");
        outcomes.push({ file: name, mode, ...(await ask(searcher, query, mode, naming)) });
        onProgress?.(outcomes.length, total);
      }
    }
  }
  return outcomes;
}

async function ask(searcher: Searcher, query: EvalQuery, mode: SearchMode, naming: PaperNaming) {
  const response = await searcher.search({
    text: query.query,
    mode,
    filters: query.org === null ? {} : { org: [query.org] },
    sort: "relevance",
    limit: depth,
    offset: 0,
    explain: false,
  });
  // A paper that was reviewed twice counts where it stands first; one without a name still takes its place.
  const ranking = [...new Set(response.results.map((result) => naming(result) ?? `?${result.paper.id}`))];
  const answerable = Object.keys(query.relevant).length > 0;
  return {
    id: query.id,
    query: query.query,
    lang: query.lang,
    ranking,
    scores: answerable ? score(ranking, query.relevant) : null,
    match: response.match,
    best: response.results[0]?.score ?? 0,
    degraded: response.degraded,
  };
}
