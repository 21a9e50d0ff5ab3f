/** Garbage stays bounded, at a bounded price. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Heap, withBoundedGarbage } from "./bounded-garbage.ts";

/** A heap of `held` bytes and some garbage, which counts its collections. */
function heapOf(held: number) {
  const heap = {
    held,
    garbage: 0,
    collections: 0,
    used: () => heap.held + heap.garbage,
    collect() {
      heap.garbage = 0;
      heap.collections += 1;
    },
  };
  return heap satisfies Heap;
}

describe("bounded garbage", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const second = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1000);

  it("collects when more than the bound was made, and again when as much was made after that", async () => {
    const heap = heapOf(50);
    await withBoundedGarbage(
      100,
      async () => {
        heap.garbage = 100;
        await second();
        expect(heap.collections).toBe(0);
        heap.garbage = 101;
        await second();
        expect(heap.collections).toBe(1);
        heap.garbage = 100;
        await second();
        expect(heap.collections).toBe(1);
        heap.garbage = 101;
        await second();
        expect(heap.collections).toBe(2);
      },
      heap,
    );
  });

  it("does not take for garbage what is held: one collection for what is new of it", async () => {
    const heap = heapOf(50);
    await withBoundedGarbage(
      100,
      async () => {
        heap.held = 1000;
        await second();
        await second();
        expect(heap.collections).toBe(1);
        // Half of what is held may wait, when that is more than the bound.
        heap.garbage = 500;
        await second();
        expect(heap.collections).toBe(1);
        heap.garbage = 501;
        await second();
        expect(heap.collections).toBe(2);
      },
      heap,
    );
  });

  it("counts from what V8's own collection left", async () => {
    const heap = heapOf(500);
    await withBoundedGarbage(
      100,
      async () => {
        heap.held = 50;
        await second();
        heap.garbage = 101;
        await second();
        expect(heap.collections).toBe(1);
      },
      heap,
    );
  });

  it("ends with the work, done or failed", async () => {
    const heap = heapOf(0);
    await expect(withBoundedGarbage(100, async () => "done", heap)).resolves.toBe("done");
    await expect(withBoundedGarbage(100, () => Promise.reject(new Error("full disk")), heap)).rejects.toThrow(
      "full disk",
    );
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("frees what nobody holds any more in the heap of this process", async () => {
  const arrays = { held: [new Uint8Array(2 ** 25)] };
  const before = process.memoryUsage().external;
  /** Enough for V8 to look at young objects, which is when it counts the arrays that were freed. */
  const makeYoungObjects = (): unknown => Array.from({ length: 2 ** 21 }, (_, place) => ({ place }));
  await withBoundedGarbage(2 ** 26, async () => {
    arrays.held = Array.from({ length: 4 }, () => new Uint8Array(2 ** 25));
    arrays.held = [];
    await vi.waitFor(() => {
      makeYoungObjects();
      expect(process.memoryUsage().external).toBeLessThan(before);
    }, 10_000);
  });
});
