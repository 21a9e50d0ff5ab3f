/** Keeps an index up to date: a run at the start, one after each burst of changes, one when asked for. */
import type { Config } from "@nonmun/core/config";
import { Failure } from "@nonmun/core/model/failure";
import type { IndexProgress } from "@nonmun/core/model/progress";
import type { RunOutcome } from "@nonmun/indexer/run/run-index";
import { createRunQueue } from "@nonmun/indexer/run/run-queue";
import { watchContent } from "@nonmun/indexer/watch/watch-content";
import type { Indexer } from "./indexing.ts";

export interface KeepDeps {
  readonly indexer: Indexer;
  readonly config: Config;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: IndexProgress) => void;
  readonly onRun: (outcome: RunOutcome) => void;
  /** A run that failed; the next change, request or retry brings another. */
  readonly onFailure: (error: unknown) => void;
}

export interface Keeping {
  request(): void;
  close(): Promise<void>;
}

/** Milliseconds until a run is tried again when another process holds the lock. */
const busyRetryMs = 2000;

/** Resolves after the first run. The folders are watched before it, so that no change falls between. */
export async function keepIndexed(deps: KeepDeps): Promise<Keeping> {
  let retry: NodeJS.Timeout | null = null;
  const queue = createRunQueue(async () => {
    if (deps.signal.aborted) return;
    try {
      const { indexer, onProgress, signal } = deps;
      deps.onRun(await indexer.run({ whenEmpty: "publish", onProgress, signal }));
    } catch (error) {
      if (error instanceof Failure && error.code === "cancelled") return;
      if (error instanceof Failure && error.code === "index-busy") {
        retry = setTimeout(() => queue.request(), busyRetryMs);
      }
      deps.onFailure(error);
    }
  });
  const watching = await watchContent(deps.config.content, {
    pollMs: deps.config.pollMs,
    onChange: queue.request,
    onError: deps.onFailure,
  });
  queue.request();
  await queue.idle();
  return {
    request: queue.request,
    async close() {
      if (retry !== null) clearTimeout(retry);
      await watching.close();
      await queue.idle();
    },
  };
}
