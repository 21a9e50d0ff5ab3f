/** Tests of the queue of runs: one at a time, and one more for all that was asked for meanwhile. */
import { expect, it } from "vitest";
import { createRunQueue } from "./run-queue.ts";

function controlled() {
  const ends: (() => void)[] = [];
  const count = { running: 0, most: 0, started: 0 };
  const queue = createRunQueue(async () => {
    count.started += 1;
    count.running += 1;
    count.most = Math.max(count.most, count.running);
    await new Promise<void>((resolve) => ends.push(resolve));
    count.running -= 1;
  });
  /** Ends the run that is under way, and lets what follows from it happen. */
  const end = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, count, end };
}

it("merges what is asked for during a run into one run after it", async () => {
  const { queue, count, end } = controlled();
  for (let i = 0; i < 5; i += 1) queue.request();
  expect(count.started).toBe(1);
  await end();
  expect(count).toEqual({ running: 1, most: 1, started: 2 });
  await end();
  await queue.idle();
  expect(count).toEqual({ running: 0, most: 1, started: 2 });
});

it("begins at once when nothing runs, also after it was idle", async () => {
  const { queue, count, end } = controlled();
  await queue.idle();
  queue.request();
  expect(count.started).toBe(1);
  await end();
  queue.request();
  expect(count.started).toBe(2);
  await end();
  await queue.idle();
  expect(count.running).toBe(0);
});

it("is idle only after the last of the runs", async () => {
  const { queue, end } = controlled();
  let idle = false;
  queue.request();
  queue.request();
  const waiting = queue.idle().then(() => {
    idle = true;
  });
  await end();
  expect(idle).toBe(false);
  await end();
  await waiting;
  expect(idle).toBe(true);
});
