/** How far an indexing run has come. */

/** Progress of an indexing run, as `status` and the event stream tell it. */
export interface IndexProgress {
  readonly phase: "idle" | "reading" | "embedding" | "writing" | "done" | "failed";
  readonly done: number;
  readonly total: number;
  /** Chunks a second, and seconds left; null when unknown. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
  readonly message: string | null;
}

/** While nothing is indexed, and before anything was. */
export const idleProgress: IndexProgress = {
  phase: "idle",
  done: 0,
  total: 0,
  rate: null,
  secondsLeft: null,
  message: null,
};
