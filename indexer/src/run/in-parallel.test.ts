/** Tests of doing several things at once: order, limit, and what a failure leaves. */
import { expect, it } from "vitest";
import { inParallel } from "./in-parallel.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("gives results in the order of the items, whichever is done first", async () => {
  const turns = [3, 0, 2, 1];
  const done: number[] = [];
  const results = await inParallel(turns, 4, async (count) => {
    for (let i = 0; i < count; i++) await turn();
    done.push(count);
    return count * 10;
  });
  expect(results).toEqual([30, 0, 20, 10]);
  expect(done).toEqual([0, 1, 2, 3]);
});

it("never does more at once than it may, and gives nothing for nothing", async () => {
  let running = 0;
  let most = 0;
  await inParallel(Array.from({ length: 20 }), 3, async () => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
  });
  expect(most).toBe(3);
  expect(await inParallel([], 3, async () => 1)).toEqual([]);
});

it("throws the first failure when what is under way has ended, and begins nothing more", async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error("못 읽는다");
    await turn();
    ended.push(item);
  });
  await expect(work).rejects.toThrow("못 읽는다");
  expect(begun).toEqual([1, 2]);
  expect(ended).toEqual([2]);
});
