/** The write lock of an index: one writer at a time, whatever process or host it runs in. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Connection } from "@lancedb/lancedb";
import { Failure } from "../../model/failure.ts";
import { fileSlot } from "./lock-file.ts";
import { tableSlot } from "./lock-table.ts";
import { localFolder } from "./place.ts";

export interface WriteLock {
  /**
   * Makes sure that the lock is still ours: asked before each step that others would see.
   *
   * @throws Failure `index-busy` when another writer has taken it over.
   */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Who holds the lock. `beatAt` is renewed while the holder lives. */
export interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  readonly since: string;
  readonly beatAt: number;
}

/** Where the holder is written down. */
export interface LockSlot {
  read(): Promise<Holder | null>;
  /** Writes `holder` if there is none; false when there is one. Two at the same moment can't both succeed. */
  claim(holder: Holder): Promise<boolean>;
  /** Removes `stale`, and nobody else. */
  evict(stale: Holder): Promise<void>;
  beat(holder: Holder): Promise<void>;
  release(token: string): Promise<void>;
}

/** Often enough that a missed beat or two doesn't look like a death. */
const beatMs = 10_000;
/** A holder that hasn't been heard of for so long is dead: the clocks of two hosts may differ by a minute. */
const silentMs = 120_000;

/** @throws Failure `index-busy` when a living process holds the lock; `storage` when it can't be written. */
export async function takeLock(connection: Connection, uri: string, now: () => number): Promise<WriteLock> {
  const folder = localFolder(uri);
  return holdSlot(folder === null ? tableSlot(connection) : fileSlot(folder), now);
}

/** @throws Failure `index-busy` when a living process holds it; what the slot throws when it can't be written. */
export async function holdSlot(slot: LockSlot, now: () => number): Promise<WriteLock> {
  const holder: Holder = {
    token: randomUUID(),
    pid: process.pid,
    host: hostname(),
    since: new Date(now()).toISOString(),
    beatAt: now(),
  };
  if (!(await slot.claim(holder))) {
    const other = await slot.read();
    if (other !== null && isAlive(other, now())) throw busy(other);
    if (other !== null) await slot.evict(other);
    if (!(await slot.claim(holder))) throw busy(await slot.read());
  }
  // A beat that fails is made up for by the next one; a lock that is lost shows in `check`.
  const timer = setInterval(() => slot.beat({ ...holder, beatAt: now() }).catch(() => undefined), beatMs);
  timer.unref();
  return {
    async check() {
      const current = await slot.read();
      if (current?.token !== holder.token) throw busy(current);
    },
    async release() {
      clearInterval(timer);
      await slot.release(holder.token);
    },
  };
}

function isAlive(holder: Holder, now: number): boolean {
  // Also on this host: after a restart, of the machine or a container, another process may have the number by now.
  if (now - holder.beatAt >= silentMs) return false;
  if (holder.host !== hostname()) return true;
  try {
    // Signal 0 asks whether the process exists.
    process.kill(holder.pid, 0);
    return true;
  } catch (cause) {
    return (cause as { readonly code?: string }).code === "EPERM";
  }
}

function busy(holder: Holder | null): Failure {
  const who = holder === null ? "Another process" : `Process ${holder.pid} on ${holder.host}`;
  const since = holder === null ? "" : ` since ${holder.since}`;
  return new Failure("index-busy", `${who} has been writing this index${since}.`, {
    advice: "Wait until it has finished, or end it; a lock whose process is gone is taken over by itself.",
  });
}
