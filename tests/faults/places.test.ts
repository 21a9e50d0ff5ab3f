/** Places that fail: a full disk, a folder without the right to write, broken files, a second indexer, a stale lock. */
import { chmod, cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathOf, type Rounds, writeRound } from "./posts.ts";
import {
  below,
  indexed,
  type Places,
  runIndex,
  startBoundByRights,
  startLimited,
  startWatch,
} from "./process.ts";
import { servedRounds, wholeIndex } from "./served.ts";
import { onSmallDisk } from "./small-disk.ts";

const posts = 6;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-places-"));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An index of round 1, and posts of round 2 that are not indexed yet. */
async function oneRoundBehind(places: Places): Promise<{ readonly old: Rounds; readonly next: Rounds }> {
  const old = await writeRound(places.content, 1, new Map(), posts);
  await indexed(places);
  return { old, next: await writeRound(places.content, 2, old, posts) };
}

/** A further run brings the new state. */
async function expectMended(places: Places, next: Rounds): Promise<void> {
  await indexed(places);
  expect(await servedRounds(places.index)).toEqual(next);
}

/** The same as an index made from nothing. */
async function expectLikeNew(places: Places): Promise<void> {
  const fresh = { ...places, index: `${places.index}-fresh` };
  await indexed(fresh);
  expect(await wholeIndex(places.index)).toEqual(await wholeIndex(fresh.index));
}

describe("no space", () => {
  it("says that a file can't grow, serves the old index, and goes on when it can", async () => {
    const places = below(folder, "limit");
    const { old, next } = await oneRoundBehind(places);
    // In blocks of 512 bytes: less than the rows of one write.
    const { code, stderr } = await startLimited(places, "ulimit -f 16").ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Could not .*File too large/mu);
    expect(stderr).toContain("space left");
    expect(stderr).not.toContain("This is a bug");
    expect(await servedRounds(places.index)).toEqual(old);
    await expectMended(places, next);
  }, 90_000);

  it("says that the disk is full, serves the old index, and goes on when there is space", async (context) => {
    const places = below(folder, "full");
    const disk = join(folder, "disk");
    await onSmallDisk(context, disk, 8, async () => {
      const { old, next } = await oneRoundBehind(places);
      await cp(places.index, join(disk, "index"), { recursive: true });
      const onDisk = { ...places, index: join(disk, "index") };
      await fill(join(disk, "filler"));
      const { code, stderr } = await runIndex(onDisk);
      expect(code).toBe(1);
      expect(stderr).toMatch(/No space left|ENOSPC/u);
      expect(stderr).not.toContain("This is a bug");
      expect(await servedRounds(onDisk.index)).toEqual(old);
      await rm(join(disk, "filler"));
      expect(await indexed(onDisk)).toMatchObject({ published: true });
      expect(await servedRounds(onDisk.index)).toEqual(next);
    });
  }, 90_000);
});

it("reads an index in a folder that it must not write, and says that it can't write", async () => {
  const places = below(folder, "read-only");
  const { old, next } = await oneRoundBehind(places);
  await setWritable(places.index, false);
  const { code, stderr } = await startBoundByRights(places).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/permission denied/iu);
  expect(stderr).toContain("may be read and written");
  expect(stderr).not.toContain("This is a bug");
  expect(await servedRounds(places.index)).toEqual(old);
  await setWritable(places.index, true);
  await expectMended(places, next);
}, 90_000);

it("keeps what is stored of a post that it must not read, takes in the others, and names it", async () => {
  const places = below(folder, "unreadable");
  const { old } = await oneRoundBehind(places);
  // In the second round, this one is written anew.
  const post = join(places.content, pathOf(1));
  await chmod(post, 0);
  const { code, stdout, stderr } = await startBoundByRights(places).ended;
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ report: { removed: 1, diagnostics: { error: 1 } } });
  expect(stderr).toContain("The file can't be read");
  expect((await servedRounds(places.index)).get(pathOf(1))).toBe(old.get(pathOf(1)));
  await chmod(post, 0o644);
  await indexed(places);
  expect((await servedRounds(places.index)).get(pathOf(1))).toBe(2);
}, 90_000);

describe("a broken file", () => {
  for (const damage of ["cut short", "deleted"] as const) {
    it(`that was ${damage}: the next run says so and makes only what it must`, async () => {
      const places = below(folder, damage);
      const rounds = await writeRound(places.content, 1, new Map(), posts);
      await indexed(places);
      const table = (await readdir(places.index)).find((name) => name.startsWith("papers_")) ?? "";
      const data = join(places.index, table, "data");
      for (const name of await readdir(data)) {
        if (damage === "deleted") await rm(join(data, name));
        else await truncate(join(data, name), 100);
      }
      const { code, stdout, stderr } = await runIndex(places);
      expect(code, stderr).toBe(0);
      expect(stderr).toContain("The table papers can't be read");
      expect(JSON.parse(stdout)).toMatchObject({ published: true, report: { embedded: 0 } });
      expect(await servedRounds(places.index)).toEqual(rounds);
      await expectLikeNew(places);
    }, 90_000);
  }
});

describe("the lock", () => {
  it("of a living indexer turns a second one away by name, and the first one ends well", async () => {
    const places = below(folder, "two");
    const rounds = await writeRound(places.content, 1, new Map(), posts);
    const first = startWatch(places);
    await first.reached((progress) => progress.phase === "embedding");
    first.child.kill("SIGSTOP");
    const second = await runIndex(places);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`Process ${first.child.pid} on `);
    expect(second.stderr).toContain("Wait until it has finished");
    const finished = first.reached(() => false);
    first.child.kill("SIGCONT");
    await finished;
    first.child.kill("SIGTERM");
    await first.ended;
    expect(await servedRounds(places.index)).toEqual(rounds);
  }, 60_000);

  it("of a process whose number another one has by now is taken over", async () => {
    const places = below(folder, "stale");
    const { next } = await oneRoundBehind(places);
    const first = startWatch(places);
    await first.reached((progress) => progress.phase === "embedding");
    first.child.kill("SIGKILL");
    await first.ended;
    const path = join(places.index, "writer.lock");
    const holder = JSON.parse(await readFile(path, "utf8")) as { readonly beatAt: number };
    // As after a restart of the machine or the container: the number is that of a process that lives.
    const old = { ...holder, pid: process.pid, beatAt: holder.beatAt - 10 * 60_000 };
    await writeFile(path, JSON.stringify(old));
    await expectMended(places, next);
  }, 90_000);
});

/** Writes zeros until there is no space for one more byte. */
async function fill(path: string): Promise<void> {
  for (const size of [2 ** 20, 2 ** 12, 1]) {
    for (;;) {
      try {
        await writeFile(path, Buffer.alloc(size), { flag: "a" });
      } catch (cause) {
        if ((cause as { readonly code?: string }).code === "ENOSPC") break;
        throw cause;
      }
    }
  }
}

async function setWritable(index: string, writable: boolean): Promise<void> {
  const entries = await readdir(index, { recursive: true, withFileTypes: true });
  const folders = [
    index,
    ...entries.filter((one) => one.isDirectory()).map((one) => join(one.parentPath, one.name)),
  ];
  for (const path of folders) await chmod(path, writable ? 0o755 : 0o555);
}
