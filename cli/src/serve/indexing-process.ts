/** Indexing in a process of its own, so that searches stay quick meanwhile: starts it, hears it, restarts it. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Indexing } from "@nonmun/api/deps";
import { type IndexProgress, idleProgress } from "@nonmun/core/model/progress";
import { type IndexerMessage, isIndexerMessage } from "./messages.ts";

export interface IndexingProcess extends Indexing {
  /** The newest generation after the first run; null when that run failed. Rejects never. */
  readonly firstRun: Promise<number | null>;
  close(): Promise<void>;
}

export interface IndexingOptions {
  /** Program and arguments of the indexing process. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when a run published or confirmed a generation. */
  readonly onRun: (generation: number) => void;
  readonly warn: (line: string) => void;
}

/** Milliseconds before a process that ended by itself is started again, growing with each time in a row. */
const restartMs = 1000;
const restartMostMs = 60_000;

export function startIndexingProcess(options: IndexingOptions): IndexingProcess {
  const listeners = new Set<(progress: IndexProgress) => void>();
  const first = Promise.withResolvers<number | null>();
  let progress = idleProgress;
  let newest: number | null = null;
  let child: ChildProcess | null = null;
  let closing = false;
  let failures = 0;
  let restart: NodeJS.Timeout | null = null;

  function tell(next: IndexProgress): void {
    progress = next;
    for (const listener of listeners) listener(next);
  }

  function hear(message: IndexerMessage): void {
    switch (message.kind) {
      case "progress":
        tell(message.progress);
        break;
      case "ran":
        failures = 0;
        newest = message.generation;
        options.onRun(message.generation);
        break;
      case "failed":
        tell({ ...idleProgress, phase: "failed", message: message.message });
        break;
      case "watching":
        first.resolve(newest);
        break;
    }
  }

  function start(): void {
    const [program, ...args] = options.command;
    const started = spawn(program, args, {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: options.environment,
    });
    child = started;
    started.on("message", (message) => {
      if (isIndexerMessage(message)) hear(message);
    });
    started.on("error", (error) => options.warn(`The indexing process can't be started: ${error.message}`));
    started.on("exit", (code, signal) => {
      child = null;
      if (closing) return;
      failures += 1;
      const wait = Math.min(restartMs * 2 ** (failures - 1), restartMostMs);
      tell({ ...idleProgress, phase: "failed", message: `The indexing process ended (${signal ?? code}).` });
      options.warn(
        `The indexing process ended (${signal ?? code}); it is started again in ${wait / 1000} s.`,
      );
      restart = setTimeout(start, wait);
    });
  }

  start();
  return {
    firstRun: first.promise,
    progress: () => progress,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    request() {
      child?.send({ kind: "run" });
      return { job: randomUUID() };
    },
    async close() {
      closing = true;
      if (restart !== null) clearTimeout(restart);
      const running = child;
      if (running === null) return;
      const gone = new Promise<void>((resolve) => running.once("exit", () => resolve()));
      running.kill("SIGTERM");
      const kill = setTimeout(() => running.kill("SIGKILL"), 5000);
      await gone;
      clearTimeout(kill);
    },
  };
}
