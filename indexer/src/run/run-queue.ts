/** Runs one thing at a time; whatever is asked for meanwhile becomes a single further run. */

export interface RunQueue {
  /** Asks for a run: now, or once after the one that is under way. */
  request(): void;
  /** Resolves when nothing runs and nothing is asked for. */
  idle(): Promise<void>;
}

/** @param run never rejects: it reports its own failures. */
export function createRunQueue(run: () => Promise<void>): RunQueue {
  let running: Promise<void> | null = null;
  let again = false;

  async function drain(): Promise<void> {
    do {
      again = false;
      await run();
    } while (again);
    running = null;
  }
  return {
    request() {
      again = true;
      running ??= drain();
    },
    async idle() {
      await running;
    },
  };
}
