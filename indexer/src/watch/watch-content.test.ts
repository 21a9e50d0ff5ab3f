/** Tests of watching: bursts by a clock of the test's own, changes by real files that are waited for. */
import { mkdtemp, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mergeBursts, type Watching, watchContent } from "./watch-content.ts";

describe("a burst of changes", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is told once, when it has been quiet for long enough", () => {
    const tell = vi.fn();
    const burst = mergeBursts(tell, 200, 2000);
    burst.touch();
    vi.advanceTimersByTime(199);
    burst.touch();
    vi.advanceTimersByTime(199);
    expect(tell).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(tell).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10_000);
    expect(tell).toHaveBeenCalledTimes(1);
  });

  it("that does not end is told every two seconds", () => {
    const tell = vi.fn();
    const burst = mergeBursts(tell, 200, 2000);
    for (let time = 0; time < 4500; time += 100) {
      burst.touch();
      vi.advanceTimersByTime(100);
    }
    expect(tell).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(200);
    expect(tell).toHaveBeenCalledTimes(3);
  });

  it("that is called off is never told", () => {
    const tell = vi.fn();
    const burst = mergeBursts(tell, 200, 2000);
    burst.touch();
    burst.cancel();
    vi.advanceTimersByTime(10_000);
    expect(tell).not.toHaveBeenCalled();
  });
});

describe("a folder under watch", () => {
  let folder: string;
  let watching: Watching | null = null;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "nonmun-watch-")));
  });
  afterEach(async () => {
    await watching?.close();
    watching = null;
    await rm(folder, { recursive: true });
  });

  /** Resolves with the first change that follows `change`. */
  async function told(change: () => Promise<void>, pollMs: number | null = null): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      watchContent([folder], { pollMs, quietMs: 20, onChange: resolve, onError: reject }).then((open) => {
        watching = open;
        return change();
      }, reject);
    });
  }

  it("tells of a post that is saved", async () => {
    await writeFile(join(folder, "글.md"), "하나");
    await told(() => writeFile(join(folder, "글.md"), "하나 둘"));
  });

  it("tells of a post that an editor saves by renaming", async () => {
    await writeFile(join(folder, "글.md"), "하나");
    await told(async () => {
      await writeFile(join(folder, ".글.md.swp"), "하나 둘");
      await rename(join(folder, ".글.md.swp"), join(folder, "글.md"));
    });
  });

  it("tells of a post that is deleted, of a picture and of an ignore file", async () => {
    await writeFile(join(folder, "글.md"), "하나");
    await told(() => rm(join(folder, "글.md")));
    await watching?.close();
    await told(() => writeFile(join(folder, "그림.PNG"), "1"));
    await watching?.close();
    await told(() => writeFile(join(folder, ".nonmunignore"), "초안/"));
  });

  it("tells by looking, where the file system sends no events", async () => {
    await told(() => writeFile(join(folder, "글.md"), "하나"), 50);
  });

  it("does not tell of other files, nor of what is hidden", async () => {
    let calls = 0;
    const done = new Promise<void>((resolve, reject) => {
      const onChange = () => {
        calls += 1;
        resolve();
      };
      watchContent([folder], { pollMs: null, quietMs: 20, onChange, onError: reject }).then(async (open) => {
        watching = open;
        for (const name of ["x.txt", ".글.md.swp", "글.md~"]) await writeFile(join(folder, name), "1");
        // What was told of those would have come before this, or in one burst with it.
        await rm(join(folder, "x.txt"));
        await writeFile(join(folder, "글.md"), "1");
      }, reject);
    });
    await done;
    expect(calls).toBe(1);
  });
});
