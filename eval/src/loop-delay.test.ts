/** Tests of watching the event loop: what is computed in one go is seen, also where it hides between awaits. */
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { whileWatching } from "./loop-delay.ts";

/** Computes for so many milliseconds of this thread's CPU time. */
function compute(ms: number): void {
  const before = process.threadCpuUsage();
  let used = 0;
  while (used < ms) {
    const { user, system } = process.threadCpuUsage(before);
    used = (user + system) / 1000;
  }
}

it("sees the longest piece that was computed in one go, and gives the result", async () => {
  const [result, delay] = await whileWatching(async () => {
    await pause(5);
    compute(60);
    await pause(5);
    return "답";
  });
  expect(result).toBe("답");
  expect(delay.longestTurn).toBeGreaterThan(55);
});

it("adds nothing up over turns between which timers run", async () => {
  const [, delay] = await whileWatching(async () => {
    for (let piece = 0; piece < 10; piece++) {
      compute(8);
      await pause(3);
    }
  });
  expect(delay.longestTurn).toBeLessThan(75);
});
