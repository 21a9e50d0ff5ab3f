/** Tests of commands among other programs: a reader that leaves, an agent that speaks a protocol, words with dashes. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SearchResponse } from "@nonmun/core/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { home } from "../settings.ts";

const sketchpad = "2025-10-29-papers-review/latent-sketchpad";
let folder = "";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(
  args: readonly string[],
  index = "index",
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:NONMUN|npm)_|_COLOR$/iu.test(name));
  const main = join(home, "cli", "src", "main.ts");
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main, ...args], {
    cwd: folder,
    env: {
      ...Object.fromEntries(own),
      NONMUN_CONTENT: join(home, "data", "posts"),
      NONMUN_INDEX: join(folder, index),
      ...environment,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
}

async function ended(child: ChildProcess): Promise<Ended> {
  const text = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (piece: string) => {
    text.out += piece;
  });
  child.stderr?.setEncoding("utf8").on("data", (piece: string) => {
    text.err += piece;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...text };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-streams-"));
  const { code, out, err } = await ended(start(["index"]));
  if (code !== 0) throw new Error(err);
  // What goes on is told on standard error; without --json there is no data to print.
  expect(out).toBe("");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("a reader that has seen enough is no failure, and no stack is printed", async () => {
  const child = start(["show", sketchpad]);
  child.stdout?.destroy();
  expect(await ended(child)).toEqual({ code: 0, out: "", err: "" });
});

/** What a client of the Model Context Protocol says first. */
const greeting = [
  {
    id: 1,
    method: "initialize",
    params: {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "test", version: "1" },
    },
  },
  { method: "notifications/initialized" },
];

function searching(id: number, query: string): object {
  return { id, method: "tools/call", params: { name: "search", arguments: { query } } };
}

function send(child: ChildProcess, message: object): void {
  child.stdin?.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

test("mcp writes the protocol alone to standard output, and ends with its input", async () => {
  const child = start(["mcp"]);
  const messages = [...greeting, searching(2, "그림 그리며 추론")];
  const done = ended(child);
  for (const message of messages) send(child, message);
  let seen = "";
  child.stdout?.on("data", (piece: string) => {
    seen += piece;
    if (seen.includes('"id":2')) child.stdin?.end();
  });
  const { code, out } = await done;
  const answers = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly id: number });
  expect([code, answers.map(({ id }) => id)]).toEqual([0, [1, 2]]);
  expect(out).toContain(sketchpad);
});

test("mcp answers from what was indexed after it began", async () => {
  const posts = join(folder, "growing");
  const places = { NONMUN_CONTENT: posts };
  await mkdir(posts);
  await writeFile(join(posts, "2025-01-01.md"), "## [처음 논문](https://example.com/1)\n\n먼저 읽었다.\n");
  expect((await ended(start(["index"], "growing-index", places))).code).toBe(0);
  const child = start(["mcp"], "growing-index", places);
  const done = ended(child);
  let id = 2;
  let newest = "";
  child.stdout?.setEncoding("utf8").on("data", (piece: string) => {
    newest += piece;
    if (!newest.includes(`"id":${id}`) || !newest.endsWith("\n")) return;
    if (newest.includes("나중 논문")) child.stdin?.end();
    else {
      newest = "";
      send(child, searching(++id, "논문"));
    }
  });
  for (const message of [...greeting, searching(id, "논문")]) send(child, message);
  await writeFile(join(posts, "2025-01-02.md"), "## [나중 논문](https://example.com/2)\n\n뒤에 읽었다.\n");
  expect((await ended(start(["index"], "growing-index", places))).code).toBe(0);
  expect((await done).code).toBe(0);
  expect(newest).toContain("처음 논문");
}, 60_000);

test("search without a usable model answers by words, and says so", async () => {
  const environment = { NONMUN_MODEL: join(folder, "no-model") };
  const { code, out, err } = await ended(start(["search", "sketchpad", "--json"], "index", environment));
  const answer = JSON.parse(out) as SearchResponse;
  expect(code).toBe(0);
  expect(answer.results[0]?.paper.id).toBe(sketchpad);
  expect(answer.degraded.join()).toContain("by words only");
  expect(err).toContain("There is no model");
});

test("a word after -- that begins with a dash is left out, and no mark is written where no terminal is", async () => {
  const { code, out } = await ended(start(["search", "--", "reasoning", "-sketchpad"]));
  expect(code).toBe(0);
  expect(out).toMatch(/^ 1\. /u);
  expect(out).not.toMatch(/sketchpad/iu);
  expect(out).not.toContain("\u001b");
});

test("a day that does not exist is wrong usage", async () => {
  const { code, out, err } = await ended(start(["search", "추론", "--from", "2025-02-30"]));
  expect([code, out]).toEqual([2, ""]);
  expect(err).toBe("--from 2025-02-30 is no day.\nWrite it as YYYY-MM-DD, for example 2025-10-29.\n");
});

test("show names the nearest ids of one that does not exist", async () => {
  const { code, err } = await ended(start(["show", "latent-skechpad"]));
  expect(code).toBe(1);
  expect(err).toContain(`The nearest ids are: ${sketchpad},`);
});

test("doctor without an index names the settings all the same, and leaves with 1", async () => {
  const { code, out } = await ended(start(["doctor"], "nothing"));
  expect(code).toBe(1);
  expect(out).toMatch(/\n {2}index {10}.*nothing {2}\(environment NONMUN_INDEX\)\n/u);
  expect(out).toMatch(/There is no index in .*\nMake one with: npx nonmun index/u);
  expect(out).not.toContain("no problems");
});

test("status of an index that was never made is no failure", async () => {
  const { code, out } = await ended(start(["status", "--json"], "nothing"));
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ manifest: null, model: { dimensions: 384 } });
});
