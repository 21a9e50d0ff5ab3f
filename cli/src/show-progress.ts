/** A run's progress for people: a bar on a terminal, a plain line now and then elsewhere. */
import type { IndexProgress } from "@nonmun/core/model/progress";
import type { Terminal } from "./terminal.ts";

/** Milliseconds between two plain lines. */
const lineEvery = 5000;

export function progressShower(terminal: Terminal, clock: () => number): (progress: IndexProgress) => void {
  let last = clock();
  return (progress) => {
    const ended = progress.phase === "done" || progress.phase === "failed" || progress.phase === "idle";
    terminal.bar(ended ? null : progressLine(progress, 24));
    if (terminal.interactive || ended || clock() - last < lineEvery) return;
    last = clock();
    terminal.say(progressLine(progress, 0));
  };
}

/** One line such as `Embedding ███░░░ 40/101 posts · 17.2 chunks/s · 1 min 20 s left`. */
export function progressLine(progress: IndexProgress, width: number): string {
  const { phase, done, total, rate, secondsLeft } = progress;
  const name = {
    reading: "Reading",
    embedding: "Embedding",
    writing: "Writing",
    idle: "Idle",
    done: "Done",
    failed: "Failed",
  };
  const filled = total === 0 ? 0 : Math.round((width * done) / total);
  const parts = [
    width === 0 || total === 0 ? "" : `${"█".repeat(filled)}${"░".repeat(width - filled)}`,
    total === 0 ? "" : `${done}/${total} posts`,
    rate === null ? "" : `${rate} chunks/s`,
    secondsLeft === null ? "" : `${duration(secondsLeft)} left`,
  ];
  return `${name[phase]} ${parts.filter((part) => part !== "").join(" · ")}`.trimEnd();
}

export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
