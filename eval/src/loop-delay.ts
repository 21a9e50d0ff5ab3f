/** How long the event loop is held up while something runs: by the wall clock, and by what this thread computed. */
import { monitorEventLoopDelay } from "node:perf_hooks";

/** Milliseconds. */
export interface LoopDelay {
  /** Delay of timers beyond their time; on a busy machine, other programs' share is in it. */
  readonly median: number;
  readonly p99: number;
  readonly max: number;
  /**
   * The most that this thread computed between two turns of its event loop: CPU time, which no other program changes.
   * Measured from timer to timer, so that several short turns in a row may count as one.
   */
  readonly longestTurn: number;
}

/** Milliseconds between two looks at the event loop. */
const resolution = 1;

export async function whileWatching<T>(work: () => Promise<T>): Promise<readonly [T, LoopDelay]> {
  const delay = monitorEventLoopDelay({ resolution });
  let longestTurn = 0;
  let before = process.threadCpuUsage();
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    longestTurn = Math.max(longestTurn, (user + system) / 1000);
  };
  const timer = setInterval(look, resolution);
  delay.enable();
  try {
    const result = await work();
    look();
    const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution);
    return [
      result,
      { median: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max), longestTurn },
    ];
  } finally {
    clearInterval(timer);
    delay.disable();
  }
}
