/** The index on an S3 server: one writer, readers in processes of their own, interruptions, the lock. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { openLanceStore } from "@nonmun/core/adapters/lance-store/open";
import type { IndexStore } from "@nonmun/core/ports/index-store";
import { postEntry, publishOptions, recipe } from "@nonmun/core/ports/index-store.fixtures";
import { afterAll, expect, it } from "vitest";
import { postsOf, publishRound, roundsIn } from "./posts.ts";
import { type S3Server, startS3 } from "./server.ts";

type Child = ChildProcessByStdio<null, Readable, null>;

const server = await startS3();
if (server === null) process.stderr.write("skipped: no python3 to run the S3 server with\n");
const children: Child[] = [];
let place = 0;

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await server?.stop();
});

function s3(): S3Server {
  if (server === null) throw new Error("tests are skipped without a server");
  return server;
}

/** A fresh address for each test. */
function address(): string {
  place += 1;
  return `s3://${s3().bucket}/${process.pid}-${place}`;
}

const open = (uri: string): Promise<IndexStore> =>
  openLanceStore(uri, { storageOptions: s3().storageOptions });

/** Starts a script as a process of its own; the lines that it prints come in order. */
function start(
  script: string,
  ...args: readonly string[]
): { readonly child: Child; readonly lines: AsyncIterator<string> } {
  const path = new URL(script, import.meta.url).pathname;
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

const next = async (lines: AsyncIterator<string>): Promise<unknown> =>
  JSON.parse((await lines.next()).value ?? "null");

it.skipIf(server === null)(
  "is picked up by readers in other processes, generation by generation, never mixed",
  async () => {
    const uri = address();
    const store = await open(uri);
    const options = JSON.stringify(s3().storageOptions);
    const readers = [1, 2].map(() => start("reader.ts", uri, options));
    for (let round = 1; round <= 4; round++) {
      await publishRound(store, round);
      for (const { lines } of readers)
        expect(await next(lines)).toEqual({ generation: round, rounds: [round] });
    }
    await store.rollback();
    for (const { lines } of readers) expect(await next(lines)).toEqual({ generation: 5, rounds: [3] });
  },
);

it.skipIf(server === null)(
  "serves the old generation after a writer was killed, and keeps what it wrote",
  async () => {
    const uri = address();
    const store = await open(uri);
    await publishRound(store, 1);
    const { child, lines } = start("interrupted-writer.ts", uri, JSON.stringify(s3().storageOptions), "2");
    expect((await lines.next()).value).toBe("written");
    await expect(store.writer(recipe)).rejects.toMatchObject({ code: "index-busy" });
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;

    const before = await store.open();
    expect(before === null ? [] : await roundsIn(before)).toEqual([1]);
    const writer = await store.writer(recipe);
    const hashes = postsOf(2).map((entry) => [entry.post.path, entry.post.hash] as const);
    expect(await writer.stored()).toEqual(new Map(hashes));
    await writer.publish({ ...publishOptions, artifacts: async () => ({ round: Uint8Array.of(2) }) });
    await writer.close();
    const after = await store.open();
    expect(after === null ? [] : await roundsIn(after)).toEqual([2]);
  },
);

it.skipIf(server === null)("lets one of many writers in that come at the same moment", async () => {
  const uri = address();
  const stores = await Promise.all(Array.from({ length: 6 }, () => open(uri)));
  const [first] = stores;
  // The first writer of all makes the lock's table.
  await (await first?.writer(recipe))?.close();
  const writers = await Promise.allSettled(stores.map((store) => store.writer(recipe)));
  const opened = writers.filter((result) => result.status === "fulfilled");
  expect(opened).toHaveLength(1);
  for (const result of opened) await result.value.close();
  const writer = await first?.writer(recipe);
  await writer?.write({ put: [postEntry({ path: "a.md", texts: ["글"] })], remove: [] });
  await writer?.publish(publishOptions);
  await writer?.close();
  expect(await first?.generation()).toBe(1);
});
