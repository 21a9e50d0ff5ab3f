/** One part of a test run: a program that passes or fails as a whole, or vitest with its own count. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Workspace } from "./test-workspace.ts";

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs commands one after the other: one check, that passes when all of them do. Says what they print only if one fails. */
export async function runCheck(
  workspace: Workspace,
  name: string,
  commands: readonly (readonly string[])[],
  cwd = ".",
): Promise<Outcome> {
  for (const command of commands) {
    const { code, output } = await workspace.run(command, { cwd, output: "keep" });
    if (code !== 0) {
      console.log(`${output.trimEnd()}\n✗ ${name}`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
  }
  console.log(`✓ ${name}`);
  return { passed: 1, failed: 0, skipped: 0 };
}

/** Runs vitest with a configuration; what it shows is for people, what it counts comes from its JSON report. */
export async function runVitest(workspace: Workspace, name: string, config: string): Promise<Outcome> {
  const report = join(workspace.folder, `${name}.json`);
  const { code } = await workspace.run([
    "node_modules/vitest/vitest.mjs",
    "run",
    "--config",
    config,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const counted = countsOf(await readReport(report));
  // Errors outside of any test (a rejected promise, a worker that died) are in the exit code alone.
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed;
  if (counted.passed + failed === 0) {
    console.log(`No test ran in "${name}".`);
    return { ...counted, failed: 1 };
  }
  return { ...counted, failed };
}

async function readReport(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    console.error(`vitest left no report: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** Tests by their end, and each file that failed without a failing test (it didn't load) as one. */
function countsOf(report: unknown): Outcome {
  const counted = { passed: 0, failed: 0, skipped: 0 };
  for (const file of listIn(report, "testResults")) {
    const states = listIn(file, "assertionResults").map((test) => textIn(test, "status"));
    for (const state of states) {
      counted[state === "passed" || state === "failed" ? state : "skipped"] += 1;
    }
    if (textIn(file, "status") === "failed" && !states.includes("failed")) counted.failed += 1;
  }
  return counted;
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return Array.isArray(found) ? found : [];
}

function textIn(value: unknown, key: string): string {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === "string" ? found : "";
}
