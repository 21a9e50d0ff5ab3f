/** The cache of token vectors stays within its bytes. */
import { expect, it } from "vitest";
import type { TokenVectors } from "../../model/chunk.ts";
import { createTokenCache } from "./token-cache.ts";

const tokens = (bytes: number): TokenVectors => ({
  count: 0,
  dimensions: 1,
  ids: new Int32Array(),
  offsets: new Uint32Array(),
  values: new Int8Array(bytes),
  scale: 1,
});

it("forgets what was used longest ago when it is full", () => {
  const cache = createTokenCache(4000);
  const [a, b, c] = [tokens(1000), tokens(1000), tokens(1000)];
  cache.set("a", a);
  cache.set("b", b);
  expect(cache.get("a")).toBe(a);
  cache.set("c", c);
  expect(cache.get("b")).toBeUndefined();
  expect(cache.get("a")).toBe(a);
  expect(cache.get("c")).toBe(c);
  expect(cache.bytes).toBeLessThanOrEqual(4000);
});

it("remembers that a chunk has no token vectors", () => {
  const cache = createTokenCache(4000);
  cache.set("a", null);
  expect(cache.get("a")).toBeNull();
  expect(cache.get("b")).toBeUndefined();
});

it("counts an entry that is set twice once, and keeps nothing larger than itself", () => {
  const cache = createTokenCache(4000);
  cache.set("a", tokens(1000));
  const once = cache.bytes;
  cache.set("a", tokens(1000));
  expect(cache.bytes).toBe(once);
  cache.set("huge", tokens(5000));
  expect(cache.get("huge")).toBeUndefined();
  expect(cache.bytes).toBe(0);
});
