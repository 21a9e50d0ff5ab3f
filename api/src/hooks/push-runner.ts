/** What a push starts: a pull where that is switched on, then a run of the indexer. */
import type { ApiLog, Indexing } from "../deps.ts";

/** Starts the work and returns at once: GitHub waits 10 s for an answer, a pull may take longer. */
export type PushRunner = () => PushOutcome;

export interface PushOutcome {
  readonly outcome: "pulling" | "indexing";
  /** The job, or null while it is not yet asked for. */
  readonly job: string | null;
}

/** Pulls run one at a time; pushes that arrive during one are served by a single further one. */
export function createPushRunner(
  indexing: Indexing,
  onPush: (() => Promise<void>) | null,
  log: ApiLog,
): PushRunner {
  if (onPush === null) return () => ({ outcome: "indexing", job: indexing.request().job });
  let isPulling = false;
  let isAskedAgain = false;

  async function pull(run: () => Promise<void>): Promise<void> {
    isPulling = true;
    do {
      isAskedAgain = false;
      try {
        await run();
        indexing.request();
      } catch (error) {
        log.error("what runs before indexing on a push failed; nothing was indexed", { error });
      }
    } while (isAskedAgain);
    isPulling = false;
  }

  return () => {
    if (isPulling) isAskedAgain = true;
    else void pull(onPush);
    return { outcome: "pulling", job: null };
  };
}
