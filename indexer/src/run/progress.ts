/** Counts, rate and time left of a run, made from what has been done so far. */
import type { IndexProgress } from "@nonmun/core/model/progress";

export interface ProgressTracker {
  /** Says how many posts, and bytes of them, lie ahead. */
  begin(posts: number, bytes: number): void;
  /** Counts posts that are stored, and the bytes they have. */
  posts(count: number, bytes: number): void;
  /** Counts chunks that were just embedded. */
  chunks(count: number): void;
  phase(phase: IndexProgress["phase"], message?: string): void;
  /** How long the rest will take, by what was done so far; null while that can't be said. */
  millisecondsLeft(): number | null;
}

/**
 * Reports after each change. `done` and `total` count posts; `rate` is chunks embedded a second; `secondsLeft` goes by
 * bytes, since the number of chunks is not known before every post is read.
 *
 * @param clock milliseconds from any fixed point.
 */
export function trackProgress(
  report: (progress: IndexProgress) => void,
  clock: () => number,
): ProgressTracker {
  const started = clock();
  let phase: IndexProgress["phase"] = "reading";
  let message: string | null = null;
  const posts = { done: 0, total: 0 };
  const bytes = { done: 0, total: 0 };
  let embedded = 0;
  let embeddingSince: number | null = null;

  function millisecondsLeft(): number | null {
    const share = bytes.total === 0 ? 0 : bytes.done / bytes.total;
    return share > 0 && share < 1 ? ((clock() - started) * (1 - share)) / share : null;
  }

  function tell(): void {
    const seconds = (clock() - (embeddingSince ?? started)) / 1000;
    const left = millisecondsLeft();
    report({
      phase,
      done: posts.done,
      total: posts.total,
      rate: embedded > 0 && seconds > 0 ? round(embedded / seconds) : null,
      secondsLeft: left === null ? null : round(left / 1000),
      message,
    });
  }

  return {
    millisecondsLeft,
    begin(count, size) {
      posts.total = count;
      bytes.total = size;
      tell();
    },
    posts(count, size) {
      posts.done += count;
      bytes.done += size;
      tell();
    },
    chunks(count) {
      embeddingSince ??= clock();
      embedded += count;
      tell();
    },
    phase(next, text) {
      phase = next;
      message = text ?? null;
      if (next === "embedding") embeddingSince ??= clock();
      tell();
    },
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
