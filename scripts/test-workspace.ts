/** The place that a test run has to itself: a temporary folder for all of its files, and the processes that it started. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export interface Workspace {
  /** Root of the repository. */
  readonly root: string;
  /** Temporary folder of this run; what the tests put into theirs lies in it, too. */
  readonly folder: string;
  /** What every program of the run finds in its environment. */
  readonly environment: Record<string, string | undefined>;
  /** True once somebody has asked the run to stop. */
  readonly stopped: boolean;
  /** Runs a program of the project (a path below `cwd`, run by this Node) to its end. */
  run(command: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Command lines of the run's processes that are still there. Empty where `/proc` doesn't tell. */
  leftProcesses(): Promise<readonly string[]>;
  /** Ends what is still running and removes the folder. */
  close(): Promise<void>;
}

export interface RunOptions {
  /** Folder below the root. */
  readonly cwd?: string;
  /** `show` prints as it comes; `keep` gives it back. */
  readonly output?: "show" | "keep";
}

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Milliseconds that a process may take to end by itself after its parent is gone. */
const graceMs = 3_000;

export async function openWorkspace(): Promise<Workspace> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), "nonmun-test-"));
  const environment = ownEnvironment(folder);
  const running = new Set<ChildProcess>();
  let stopped = false;
  const stop = () => {
    stopped = true;
    for (const child of running) child.kill("SIGTERM");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);

  return {
    root,
    folder,
    environment,
    get stopped() {
      return stopped;
    },
    run: ([script = "", ...args], { cwd = ".", output = "show" } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [join(root, cwd, script), ...args], {
          cwd: join(root, cwd),
          env: environment,
          stdio: ["ignore", output === "show" ? "inherit" : "pipe", output === "show" ? "inherit" : "pipe"],
        });
        running.add(child);
        const printed: Buffer[] = [];
        child.stdout?.on("data", (data: Buffer) => printed.push(data));
        child.stderr?.on("data", (data: Buffer) => printed.push(data));
        child.on("error", reject);
        child.on("close", (code) => {
          running.delete(child);
          resolve({ code: code ?? 1, output: Buffer.concat(printed).toString("utf8") });
        });
      }),
    async leftProcesses() {
      return (await settledProcesses(folder)).map(({ command }) => command);
    },
    async close() {
      for (const { id } of await processesWith(folder)) end(id);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
      for (const signal of signals) process.off(signal, stop);
    },
  };
}

/**
 * The caller's environment without the product's own settings, which would change what the tests see, and with the run's
 * folder as the one for temporary files.
 */
function ownEnvironment(folder: string): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("NONMUN_") && !["HOST", "PORT", "ORIGIN", "NODE_ENV"].includes(name),
  );
  return { ...Object.fromEntries(kept), TMPDIR: folder, TEMP: folder, TMP: folder };
}

interface Found {
  readonly id: number;
  readonly command: string;
}

/** What is still there after the grace, which a browser needs to take its helpers down. */
async function settledProcesses(folder: string): Promise<readonly Found[]> {
  const until = performance.now() + graceMs;
  let found = await processesWith(folder);
  while (found.length > 0 && performance.now() < until) {
    await pause(100);
    found = await processesWith(folder);
  }
  return found;
}

/** Processes whose environment names the folder: children of the run, however far they have moved away from it. */
async function processesWith(folder: string): Promise<readonly Found[]> {
  if (process.platform !== "linux") return [];
  const ids = (await readdir("/proc")).map(Number).filter((id) => Number.isInteger(id) && id !== process.pid);
  const found = await Promise.all(
    ids.map(async (id) => {
      const environment = await contentOf(`/proc/${id}/environ`);
      if (!environment.includes(`TMPDIR=${folder}`)) return [];
      const command = (await contentOf(`/proc/${id}/cmdline`)).replaceAll("\0", " ").trim();
      return [{ id, command: `${id} ${command.slice(0, 200)}` }];
    }),
  );
  return found.flat();
}

/** Empty for a process that has ended meanwhile or belongs to somebody else. */
async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}

function end(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
