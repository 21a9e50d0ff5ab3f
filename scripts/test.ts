/** `npm test`: types, lint, unit and browser tests one after the other, in a temporary folder of their own; the last line counts them. */
import { parseArgs } from "node:util";
import { findChromium } from "../tests/e2e/chromium.ts";
import { type Outcome, runCheck, runVitest } from "./checks.ts";
import { openWorkspace, type Workspace } from "./test-workspace.ts";

type Part = "types" | "lint" | "unit" | "e2e";
const parts: Readonly<Record<Part, (workspace: Workspace) => Promise<Outcome>>> = {
  types: checkTypes,
  lint: (workspace) =>
    runCheck(workspace, "lint", [["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings"]]),
  unit: (workspace) => runVitest(workspace, "unit", "vitest.config.ts"),
  e2e: browserTests,
};

/** Runs the named parts, or all. Resolves with the exit code. */
async function test(args: readonly string[]): Promise<number> {
  const chosen = partsFrom(args);
  if (typeof chosen === "string") {
    console.error(chosen);
    return 2;
  }
  const workspace = await openWorkspace();
  const outcomes: Outcome[] = [];
  try {
    for (const part of chosen) {
      if (workspace.stopped) break;
      console.log(`\n── ${part}`);
      outcomes.push(await parts[part](workspace));
    }
    outcomes.push(await nothingLeft(workspace));
  } finally {
    await workspace.close();
  }
  if (workspace.stopped) {
    console.log("\nStopped before the end.");
    return 130;
  }
  const total = (key: keyof Outcome) => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
  const skipped = total("skipped") > 0 ? `, ${total("skipped")} skipped` : "";
  console.log(`\n${total("passed")} passed, ${total("failed")} failed${skipped}`);
  return total("failed") > 0 ? 1 : 0;
}

/** The parts in their usual order, or the sentence that says what is wrong with the arguments. */
function partsFrom(args: readonly string[]): readonly Part[] | string {
  const known = Object.keys(parts) as Part[];
  const usage = `Use: npm test [-- --only ${known.join(",")}]`;
  try {
    const { values } = parseArgs({ args: [...args], options: { only: { type: "string" } } });
    if (values.only === undefined) return known;
    const wanted = values.only
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    const unknown = wanted.find((name) => !known.some((part) => part === name));
    if (unknown !== undefined) return `There is no part "${unknown}". ${usage}`;
    return wanted.length === 0 ? usage : known.filter((part) => wanted.includes(part));
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${usage}`;
  }
}

async function checkTypes(workspace: Workspace): Promise<Outcome> {
  const programs = await runCheck(workspace, "types", [
    ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"],
  ]);
  const page = await runCheck(
    workspace,
    "types of the page",
    [
      ["node_modules/@sveltejs/kit/svelte-kit.js", "sync"],
      [
        "node_modules/svelte-check/bin/svelte-check",
        "--tsconfig",
        "./tsconfig.json",
        "--fail-on-warnings",
        "--output",
        "human",
      ],
    ],
    "web",
  );
  return { passed: programs.passed + page.passed, failed: programs.failed + page.failed, skipped: 0 };
}

async function browserTests(workspace: Workspace): Promise<Outcome> {
  try {
    workspace.environment.CHROMIUM_PATH = findChromium();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return runVitest(workspace, "e2e", "vitest.e2e.config.ts");
}

/** Whatever a test started must be gone when the tests are over. */
async function nothingLeft(workspace: Workspace): Promise<Outcome> {
  const left = await workspace.leftProcesses();
  if (left.length === 0) return { passed: 1, failed: 0, skipped: 0 };
  console.error(`The tests left these processes running (they are ended now):\n${left.join("\n")}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

process.exitCode = await test(process.argv.slice(2));
