/**
 * Bounds the garbage of an indexing run. V8 judges by how fast garbage is made: after a burst, as when a part of the index is
 * published, it lets objects and arrays double and more before it looks again. A burst grows with the index, and so would the most
 * that the process ever takes, though what it holds does not (docs/performance.md, "Memory").
 */
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What JavaScript holds on this thread. */
export interface Heap {
  /** Bytes of objects and of what they hold outside the heap (arrays, results of LanceDB), garbage included. */
  used(): number;
  /** Frees what is garbage; arrays beside the program, which V8 no longer counts after its next look at young objects. */
  collect(): void;
}

const checkMs = 250;

/**
 * Does `work`. Meanwhile this thread's garbage is collected, a few times a second at most, when more than `most` bytes were made since
 * it was, or half of what was left then, whichever is more: what collecting costs is bounded too.
 */
export async function withBoundedGarbage<T>(
  most: number,
  work: () => Promise<T>,
  heap: Heap = heapOfThread(),
): Promise<T> {
  let left = heap.used();
  const timer = setInterval(() => {
    const used = heap.used();
    if (used - left > Math.max(most, left / 2)) {
      heap.collect();
      left = heap.used();
    } else {
      // V8 goes on collecting by its own rule, too: new garbage begins from the least that was left.
      left = Math.min(left, used);
    }
  }, checkMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function heapOfThread(): Heap {
  let collector: (() => void) | null = null;
  return {
    used() {
      const { used_heap_size, external_memory } = getHeapStatistics();
      return used_heap_size + external_memory;
    },
    collect() {
      collector ??= openCollector();
      collector();
    },
  };
}

/** V8's function is there in contexts that are made after its flag is set. A saved post makes too little garbage to need one. */
function openCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
