/** Tests of progress for people: a bar on a terminal, now and then a line elsewhere. */
import type { IndexProgress } from "@nonmun/core/model/progress";
import { expect, it } from "vitest";
import { duration, progressLine, progressShower } from "./show-progress.ts";
import type { Terminal } from "./terminal.ts";

const half: IndexProgress = {
  phase: "embedding",
  done: 40,
  total: 80,
  rate: 17.2,
  secondsLeft: 80,
  message: null,
};

function written(interactive: boolean) {
  const said: string[] = [];
  const bars: (string | null)[] = [];
  const terminal: Terminal = {
    out: () => undefined,
    say: (line) => said.push(line),
    warn: () => undefined,
    interactive,
    quiet: false,
    columns: 80,
    bar: (line) => bars.push(line),
  };
  const time = { now: 0 };
  return { said, bars, time, show: progressShower(terminal, () => time.now) };
}

it("draws how much is done, how quick and how long it takes still", () => {
  expect(progressLine(half, 6)).toBe("Embedding ███░░░ · 40/80 posts · 17.2 chunks/s · 1 min 20 s left");
  expect(progressLine(half, 0)).toBe("Embedding 40/80 posts · 17.2 chunks/s · 1 min 20 s left");
});

it("leaves out what is not known", () => {
  const unknown = { ...half, phase: "reading" as const, done: 0, total: 0, rate: null, secondsLeft: null };
  expect(progressLine(unknown, 6)).toBe("Reading");
});

it("writes times as people say them, never as nothing", () => {
  expect([0, 0.2, 59.4, 59.6, 61, 3600].map(duration)).toEqual([
    "1 s",
    "1 s",
    "59 s",
    "1 min 0 s",
    "1 min 1 s",
    "60 min 0 s",
  ]);
});

it("takes the bar away at the end", () => {
  const { show, bars, said } = written(true);
  show(half);
  show({ ...half, phase: "done" });
  expect(bars).toEqual([progressLine(half, 24), null]);
  expect(said).toEqual([]);
});

it("writes a line every five seconds where there is no terminal", () => {
  const { show, said, time } = written(false);
  for (time.now = 0; time.now <= 11_000; time.now += 1000) show(half);
  expect(said).toEqual([progressLine(half, 0), progressLine(half, 0)]);
});
