/** Learning in a process of its own, so that neither its work nor its memory is the server's: starts it, holds it, hears it. */
import { spawn } from "node:child_process";
import { type HoldRequest, isLearnerMessage } from "./messages.ts";

export interface LearningProcess {
  /** Whether the process left by itself and well. Rejects never. */
  readonly learned: Promise<boolean>;
  /** Lets it wait, or go on. */
  hold(isHeld: boolean): void;
  close(): Promise<void>;
}

export interface LearningOptions {
  /** Program and arguments of the process. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when there is more to recall from a file. */
  readonly onLearned: (file: string) => void;
  readonly warn: (line: string) => void;
}

/** Milliseconds that it may take to leave. It has nothing to lose: what it has written is whole. */
const leaveMs = 500;

export function startLearningProcess({
  command,
  environment,
  onLearned,
  warn,
}: LearningOptions): LearningProcess {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit", "ipc"], env: environment });
  const ended = Promise.withResolvers<boolean>();
  let closing = false;
  child.on("message", (message) => {
    if (isLearnerMessage(message) && !closing) onLearned(message.file);
  });
  child.on("error", (error) => {
    if (!closing && child.pid === undefined) warn(`The learning process can't be started: ${error.message}`);
    if (child.pid === undefined) ended.resolve(false);
  });
  child.on("exit", (code, signal) => {
    // One that leaves with a code has said why.
    if (!closing && signal !== null) {
      warn(`The learning process was ended (${signal}). The next start goes on where it was.`);
    }
    ended.resolve(code === 0);
  });
  return {
    learned: ended.promise,
    hold(isHeld) {
      // One that has just left needs no holding.
      if (child.connected) child.send({ kind: "hold", hold: isHeld } satisfies HoldRequest, () => undefined);
    },
    async close() {
      closing = true;
      // It leaves when the channel is gone. A signal may be its second one after Ctrl-C, and would end it in the middle of a batch.
      if (child.connected) child.disconnect();
      const kill = setTimeout(() => child.kill("SIGKILL"), leaveMs);
      await ended.promise;
      clearTimeout(kill);
    },
  };
}
