/** Tests of progress: a clock that the test sets, and what is told after each step. */
import type { IndexProgress } from "@nonmun/core/model/progress";
import { expect, it } from "vitest";
import { trackProgress } from "./progress.ts";

function tracked() {
  const told: IndexProgress[] = [];
  const time = { now: 5000 };
  const tracker = trackProgress(
    (progress) => told.push(progress),
    () => time.now,
  );
  return { tracker, time, last: () => told.at(-1), told };
}

it("knows neither rate nor time left before anything is done", () => {
  const { tracker, last } = tracked();
  tracker.begin(4, 1000);
  expect(last()).toEqual({
    phase: "reading",
    done: 0,
    total: 4,
    rate: null,
    secondsLeft: null,
    message: null,
  });
});

it("counts chunks a second from when embedding began, not from when reading did", () => {
  const { tracker, time, last } = tracked();
  tracker.begin(4, 1000);
  time.now += 10_000;
  tracker.phase("embedding");
  time.now += 2000;
  tracker.chunks(32);
  expect(last()?.rate).toBe(16);
  time.now += 2000;
  tracker.chunks(16);
  expect(last()?.rate).toBe(12);
});

it("tells the time left by the share of bytes, and none when all is done", () => {
  const { tracker, time, last } = tracked();
  tracker.begin(2, 1000);
  time.now += 3000;
  tracker.posts(1, 250);
  expect(last()).toMatchObject({ done: 1, total: 2, secondsLeft: 9 });
  tracker.posts(1, 750);
  expect(last()).toMatchObject({ done: 2, secondsLeft: null });
});

it("has no rate while no time has passed, and no share of empty files", () => {
  const { tracker, last } = tracked();
  tracker.begin(1, 0);
  tracker.chunks(5);
  tracker.posts(1, 0);
  expect(last()).toMatchObject({ rate: null, secondsLeft: null });
});

it("drops a phase's message with the next phase", () => {
  const { tracker, told } = tracked();
  tracker.phase("failed", "디스크가 가득 찼다");
  tracker.phase("reading");
  expect(told.map(({ phase, message }) => [phase, message])).toEqual([
    ["failed", "디스크가 가득 찼다"],
    ["reading", null],
  ]);
});
