/** `npm run dev`: the API with its index on its usual port, and the page from its sources, reloading as they change. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const port = process.env.PORT ?? "4321";
const started: ChildProcess[] = [
  start(root, [join(root, "cli", "src", "main.ts"), "serve", ...process.argv.slice(2)], {}),
  start(join(root, "web"), [join(root, "web", "node_modules", "vite", "bin", "vite.js"), "dev"], {
    NONMUN_API: `http://127.0.0.1:${port}`,
  }),
];

/** When one of the two ends, by itself or by Ctrl-C, so does the other. */
for (const child of started) {
  child.once("exit", (code) => {
    process.exitCode ??= code ?? 1;
    for (const other of started) other.kill("SIGTERM");
  });
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    for (const child of started) child.kill(signal);
  });
}

function start(
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
    cwd,
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
}
