/** What every index store promises, as tests: an adapter calls `describeIndexStore` with a way to open itself. */
import { describe } from "vitest";
import { describeLife } from "./index-store.contract-life.ts";
import { describeReading } from "./index-store.contract-reading.ts";
import type { IndexStore } from "./index-store.ts";

/** A place that can hold an index. Each `open` is like that of another process: it shares nothing but the place. */
export interface StorePlace {
  open(): Promise<IndexStore>;
  remove(): Promise<void>;
}

export function describeIndexStore(name: string, makePlace: () => Promise<StorePlace>): void {
  describe(`${name}: what a snapshot answers`, () => describeReading(makePlace));
  describe(`${name}: the life of an index`, () => describeLife(makePlace));
}
