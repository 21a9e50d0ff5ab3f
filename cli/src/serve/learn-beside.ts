/** Has a server's words learned beside its searches, and takes them up. */
import { setTimeout as pause } from "node:timers/promises";
import type { Indexing } from "@nonmun/api/deps";
import type { IndexProgress } from "@nonmun/core/model/progress";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { Ranking } from "@nonmun/core/search/ranking";
import { descriptionsWithoutMeans, knowsAllWords, recallWords } from "../learned-words.ts";
import type { Terminal } from "../terminal.ts";
import { startLearningProcess } from "./learning-process.ts";

export interface LearnBesideDeps {
  readonly ranking: Ranking;
  readonly embedder: Embedder;
  /** Command line of the learning process. */
  readonly command: readonly [string, ...string[]];
  /** While it works, nothing is learned: one process at a time. */
  readonly indexing: Pick<Indexing, "progress" | "subscribe"> | null;
  /** Whether a search goes on. */
  readonly isBusy: () => boolean;
  readonly terminal: Pick<Terminal, "warn">;
  readonly signal: AbortSignal;
}

/** Settles when everything is learned, or can't be, or when `signal` is aborted and the process is gone. */
export async function learnBeside(deps: LearnBesideDeps): Promise<void> {
  const { ranking, embedder, command, indexing, terminal, signal } = deps;
  if (signal.aborted || knowsAllWords(ranking, embedder)) return;
  let recalling = Promise.resolve();
  const learning = startLearningProcess({
    command,
    environment: process.env,
    warn: terminal.warn,
    onLearned: (file) => {
      recalling = recalling.then(() => recallWords(ranking, embedder, { file }));
    },
  });
  const close = (): void => void learning.close();
  signal.addEventListener("abort", close, { once: true });
  const heed = (progress: IndexProgress): void => learning.hold(isAtWork(progress));
  if (indexing !== null) heed(indexing.progress());
  const unsubscribe = indexing?.subscribe(heed);
  const isLearned = await learning.learned;
  unsubscribe?.();
  await recalling;
  signal.removeEventListener("abort", close);
  if (!isLearned && !signal.aborted) await makeDescriptions(deps);
}

function isAtWork({ phase }: IndexProgress): boolean {
  return phase === "reading" || phase === "embedding" || phase === "writing";
}

/** Made at a time, a rest after it, and how long it is put off at most while a search goes on; all in milliseconds but the first. */
const batch = 8;
const restMs = 20;
const putOffMs = 100;

/** Where nothing can be kept: what concepts can't be found without is made here, a few at a time. All else is made when it is asked for. */
async function makeDescriptions({ ranking, isBusy, signal }: LearnBesideDeps): Promise<void> {
  const missing = descriptionsWithoutMeans(ranking);
  for (let from = 0; from < missing.length; from += batch) {
    for (let waited = 0; waited < putOffMs && isBusy() && !signal.aborted; waited += restMs) {
      await pause(restMs);
    }
    if (signal.aborted) return;
    await ranking.descriptionVectors?.load(missing.slice(from, from + batch), signal);
    await pause(restMs);
  }
}
