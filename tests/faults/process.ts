/** Commands of the product as processes of their own, which a test may kill, stop or hinder. */
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunReport } from "@nonmun/core/model/manifest";
import type { IndexProgress } from "@nonmun/core/model/progress";

const main = fileURLToPath(new URL("../../cli/src/main.ts", import.meta.url));
const bootstrap = fileURLToPath(new URL("../../scripts/bootstrap.mjs", import.meta.url));
const warnings = "--disable-warning=ExperimentalWarning";

/** Where posts and index of one test lie. */
export interface Places {
  readonly content: string;
  readonly index: string;
  readonly model?: string;
}

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface IndexJson {
  readonly published: boolean;
  readonly report: RunReport;
  readonly generation: number;
}

export function startCommand(args: readonly string[], options: SpawnOptions = {}): Running {
  return gather(spawn(process.execPath, [warnings, main, ...args], withPipes(options)));
}

/** The same, started as `npm start` and `npx nonmun` do: with their settings, in a process below this one. */
export function startAsPeopleDo(args: readonly string[], options: SpawnOptions = {}): Running {
  return gather(spawn(process.execPath, [bootstrap, "nonmun", ...args], withPipes(options)));
}

/** A program that lies beside the tests. */
export function startScript(name: string, args: readonly string[]): Running {
  return gather(spawn(process.execPath, [warnings, join(import.meta.dirname, name), ...args], withPipes({})));
}

/** `nonmun index --json`. */
export function startIndex(places: Places, options: SpawnOptions = {}): Running {
  return startCommand(["index", "--json", ...flagsOf(places)], options);
}

export function runIndex(places: Places, options: SpawnOptions = {}): Promise<Ended> {
  return startIndex(places, options).ended;
}

/** Runs `nonmun index` to its good end. */
export async function indexed(places: Places): Promise<IndexJson> {
  const { code, stdout, stderr } = await runIndex(places);
  if (code !== 0) throw new Error(`nonmun index ended with ${code}:\n${stderr}`);
  return JSON.parse(stdout) as IndexJson;
}

/** `nonmun index` in a shell that sets limits first. */
export function startLimited(places: Places, limits: string): Running {
  const command = [process.execPath, warnings, main, "index", "--json", ...flagsOf(places)];
  return gather(spawn("sh", ["-c", `${limits}; exec "$@"`, "sh", ...command], withPipes({})));
}

/** `nonmun index` by somebody whom the rights of files hold. */
export function startBoundByRights(places: Places): Running {
  return startCommandBoundByRights(["index", "--json", ...flagsOf(places)]);
}

/**
 * Root's own process may write everywhere, so for root it is started without that privilege; another user would do, too, but
 * may not reach a clone in root's home.
 */
export function startCommandBoundByRights(args: readonly string[]): Running {
  const command = [process.execPath, warnings, main, ...args];
  const privileges = "-dac_override,-dac_read_search";
  const drop = ["setpriv", "--bounding-set", privileges, "--inh-caps", privileges];
  const [program = "", ...rest] = process.getuid?.() === 0 ? [...drop, ...command] : command;
  return gather(spawn(program, rest, withPipes({})));
}

export interface WatchRun extends Running {
  /** Resolves when a progress message satisfies `wanted`, or when the process has ended or sits idle after its run. */
  reached(wanted: (progress: IndexProgress) => boolean): Promise<void>;
}

/** `nonmun watch` as the server starts it: it tells its progress over the process channel. */
export function startWatch(places: Places): WatchRun {
  const running = startCommand(["watch", "--quiet", ...flagsOf(places)], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  return {
    ...running,
    reached: (wanted) =>
      new Promise((resolve) => {
        running.child.on(
          "message",
          (message: { readonly kind: string; readonly progress?: IndexProgress }) => {
            if (message.kind === "watching") resolve();
            if (message.progress !== undefined && wanted(message.progress)) resolve();
          },
        );
        running.ended.then(() => resolve());
      }),
  };
}

/** SIGKILL: no handler runs, nothing is flushed. */
export async function kill({ child, ended }: Running): Promise<Ended> {
  child.kill("SIGKILL");
  return ended;
}

export function flagsOf({ content, index, model }: Places): readonly string[] {
  return ["--content", content, "--index", index, ...(model === undefined ? [] : ["--model", model])];
}

/** A folder of the test's, given to the user that its processes run as. */
export function below(folder: string, name: string): Places {
  return { content: join(folder, name, "posts"), index: join(folder, name, "index") };
}

function withPipes(options: SpawnOptions): SpawnOptions {
  return { stdio: ["ignore", "pipe", "pipe"], ...options };
}

function gather(child: ChildProcess): Running {
  const printed = { stdout: "", stderr: "" };
  child.stdout?.on("data", (data: Buffer) => {
    printed.stdout += data.toString();
  });
  child.stderr?.on("data", (data: Buffer) => {
    printed.stderr += data.toString();
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...printed }));
  return { child, ended };
}
