/** The evaluation as a whole: files in, report out. What `nonmun eval` runs. */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type SearchMode, searchModes } from "@nonmun/core/contract";
import { Failure } from "@nonmun/core/model/failure";
import type { Searcher } from "@nonmun/core/ports/searcher";
import { compareRuns, parseSavedRun } from "./comparison.ts";
import { byArxivId, type PaperNaming, readPaperNaming } from "./corpus-papers.ts";
import { evaluate } from "./quality.ts";
import { parseQueries } from "./queries.ts";
import type { EvalReport } from "./report.ts";
import { summarize } from "./summary.ts";

export interface EvalOptions {
  /** Files of queries, as JSON lines. */
  readonly queries: readonly string[];
  /** Folder of the corpus; its `papers.jsonl`, if it has one, names the papers that are not on arXiv. */
  readonly corpus?: string;
  readonly modes?: readonly SearchMode[];
  /** A saved run to compare with. */
  readonly baseline?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * @throws Failure `bad-parameter` when a file can't be read or understood (before any query is asked); `cancelled`.
 */
export async function runEval(
  deps: { readonly searcher: Searcher },
  options: EvalOptions,
): Promise<EvalReport> {
  const { corpus, baseline, modes = searchModes, signal, onProgress } = options;
  if (options.queries.length === 0) {
    throw new Failure("bad-parameter", "There are no queries to ask.", {
      advice: "Name a file: `--queries FILE`.",
    });
  }
  const sets = await Promise.all(
    options.queries.map(async (path) => parseQueries(await read(path), basename(path))),
  );
  const naming = corpus === undefined ? byArxivId : await readNaming(corpus);
  const saved = baseline === undefined ? null : parseSavedRun(await read(baseline), baseline);
  const outcomes = await evaluate(deps.searcher, sets, {
    modes,
    naming,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const comparison = saved === null ? null : compareRuns(outcomes, saved);
  return { summary: summarize(outcomes), comparison, outcomes };
}

async function readNaming(corpus: string): Promise<PaperNaming> {
  const path = join(corpus, "papers.jsonl");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    // A corpus of arXiv papers alone needs no list.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return byArxivId;
    throw unreadable(path, error);
  }
  return readPaperNaming(text, path);
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): Failure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Failure("bad-parameter", `${path} can't be read: ${reason}.`, {
    advice: "Check the path and its permissions.",
    subject: path,
    cause,
  });
}
