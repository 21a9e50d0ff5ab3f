/** The write lock: one living writer, and dead ones out of the way. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, connect } from "@lancedb/lancedb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Holder, LockSlot } from "./lock.ts";
import { takeLock } from "./lock.ts";
import { fileSlot } from "./lock-file.ts";
import { tableSlot } from "./lock-table.ts";

let folder = "";
let connection: Connection;
const now = 1_700_000_000_000;
// Above the highest id that Linux gives out: no such process.
const dead: Holder = { token: "dead", pid: 2 ** 22 + 1, host: hostname(), since: "then", beatAt: now };
const alive: Holder = { ...dead, token: "alive", pid: process.pid };
const elsewhere: Holder = { ...dead, token: "elsewhere", host: "another-host" };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-lock-"));
  connection = await connect(folder);
});
afterEach(async () => {
  connection.close();
  await rm(folder, { recursive: true });
});

const slots: readonly (readonly [string, () => LockSlot])[] = [
  ["a file", () => fileSlot(folder)],
  ["a table", () => tableSlot(connection)],
];
for (const [name, makeSlot] of slots) {
  describe(`a lock that is ${name}`, () => {
    it("is claimed by one of many at the same moment", async () => {
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, i) => makeSlot().claim({ ...alive, token: `t${i}` })),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it("is free again after its release, and only its holder can release it", async () => {
      const slot = makeSlot();
      await slot.claim(alive);
      await slot.release("somebody else");
      expect(await slot.claim(dead)).toBe(false);
      await slot.release(alive.token);
      expect(await slot.read()).toBeNull();
      expect(await slot.claim(dead)).toBe(true);
    });

    it("is not taken from a new holder by an eviction meant for the old one", async () => {
      const slot = makeSlot();
      await slot.claim(alive);
      await slot.evict(dead);
      expect((await slot.read())?.token).toBe("alive");
    });

    it("renews its beat, and a writer that lost it can't", async () => {
      const slot = makeSlot();
      await slot.claim(alive);
      await slot.beat({ ...alive, beatAt: now + 1 });
      await slot.beat({ ...dead, beatAt: now + 2 });
      expect(await slot.read()).toEqual({ ...alive, beatAt: now + 1 });
    });
  });
}

describe("taking the lock", () => {
  const take = (at = now) => takeLock(connection, folder, () => at);

  it("says who holds it", async () => {
    await fileSlot(folder).claim(alive);
    await expect(take()).rejects.toMatchObject({ code: "index-busy" });
    await expect(take()).rejects.toThrow(`Process ${process.pid} on ${hostname()}`);
  });

  it("takes over from a process that is gone", async () => {
    await fileSlot(folder).claim(dead);
    const lock = await take();
    await lock.check();
    await lock.release();
    expect((await readdir(folder)).filter((file) => file.startsWith("writer.lock"))).toEqual([]);
  });

  it("takes over from another host only when it has been silent for two minutes", async () => {
    await fileSlot(folder).claim(elsewhere);
    await expect(take(now + 119_000)).rejects.toMatchObject({ code: "index-busy" });
    await (await take(now + 121_000)).release();
  });

  it("takes over a lock file that was cut short", async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "writer.lock"), '{"token": "x", "pi');
    await (await take()).release();
  });

  it("notices that it has been taken over", async () => {
    const lock = await take();
    const mine = JSON.parse(await readFile(join(folder, "writer.lock"), "utf8")) as Holder;
    await fileSlot(folder).evict(mine);
    await fileSlot(folder).claim(alive);
    await expect(lock.check()).rejects.toMatchObject({ code: "index-busy" });
    await lock.release();
    expect((await fileSlot(folder).read())?.token).toBe("alive");
  });
});
