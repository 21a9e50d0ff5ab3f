/** Tests of watching: bursts become one, and a real folder tells of what concerns posts. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { mergeBursts, type Watching, watchContent } from "./watch-content.ts";

describe("a burst", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("is told once, when it has been quiet for long enough", () => {
    const tell = vi.fn();
    const burst = mergeBursts(tell, 200, 2000);
    for (let touch = 0; touch < 5; touch += 1) {
      burst.touch();
      vi.advanceTimersByTime(100);
    }
    expect(tell).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(tell).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10_000);
    expect(tell).toHaveBeenCalledTimes(1);
  });

  test("that does not end is told every longest time all the same", () => {
    const tell = vi.fn();
    const burst = mergeBursts(tell, 200, 2000);
    for (let touch = 0; touch < 50; touch += 1) {
      burst.touch();
      vi.advanceTimersByTime(100);
    }
    expect(tell).toHaveBeenCalledTimes(2);
  });

  test("is forgotten when the watching ends", () => {
    const tell = vi.fn();
    const burst = mergeBursts(tell, 200, 2000);
    burst.touch();
    burst.cancel();
    vi.advanceTimersByTime(10_000);
    expect(tell).not.toHaveBeenCalled();
  });
});

describe.each([null, 50])("a folder under watch (looked at every %s ms)", (pollMs) => {
  let folder: string;
  let watching: Watching;
  let told: () => Promise<void>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "nonmun-watch-"));
    writeFileSync(join(folder, "글.md"), "# 글");
    let wake: () => void = () => undefined;
    let next = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const renew = () => {
      next = new Promise((resolve) => {
        wake = resolve;
      });
    };
    told = async () => {
      await next;
      renew();
    };
    watching = await watchContent([folder], {
      pollMs,
      quietMs: 20,
      onChange: () => wake(),
      onError: (error) => {
        throw error;
      },
    });
  });

  afterEach(async () => {
    await watching.close();
    rmSync(folder, { recursive: true });
  });

  test("tells of a post that is changed, added and removed", async () => {
    writeFileSync(join(folder, "글.md"), "# 글\n\n바뀐 본문");
    await told();
    mkdirSync(join(folder, "새"));
    writeFileSync(join(folder, "새", "글.mdx"), "# 새 글");
    await told();
    rmSync(join(folder, "글.md"));
    await told();
  });
});

test("other files and hidden ones are not told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "nonmun-watch-"));
  mkdirSync(join(folder, ".git"));
  const events: string[] = [];
  let heard: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const watching = await watchContent([folder], {
    pollMs: null,
    quietMs: 1,
    onChange: () => {
      events.push("change");
      heard();
    },
    onError: (error) => {
      throw error;
    },
  });
  writeFileSync(join(folder, "data.json"), "{}");
  writeFileSync(join(folder, ".git", "HEAD.md"), "x");
  // Events come in the order of the writes: when the post's is there, the others have been passed over.
  writeFileSync(join(folder, "글.md"), "# 글");
  await first;
  await watching.close();
  rmSync(folder, { recursive: true });
  expect(events).toEqual(["change"]);
});
