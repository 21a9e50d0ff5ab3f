/** Token buckets: how many requests a client may still make. */
import type { RateLimit } from "../deps.ts";

export interface TokenBuckets {
  /** Takes one token of `client`. Returns 0, or the milliseconds until there is one. */
  take(client: string, now: number): number;
}

/** Clients remembered at once. More than that is a flood from many addresses: the longest idle ones are forgotten. */
const clientsMax = 10_000;

/**
 * One bucket a client: it holds up to `burst` tokens and gains `perSecond` each second. Times are milliseconds of
 * any clock that does not run backwards.
 */
export function createTokenBuckets(limit: RateLimit): TokenBuckets {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(client, now) {
      const last = buckets.get(client) ?? { tokens: limit.burst, at: now };
      const gained = (Math.max(0, now - last.at) / 1000) * limit.perSecond;
      const tokens = Math.min(limit.burst, last.tokens + gained);
      const allowed = tokens >= 1;
      // Taking it out first keeps the map in the order of last use.
      buckets.delete(client);
      buckets.set(client, { tokens: allowed ? tokens - 1 : tokens, at: now });
      forgetOldest(buckets);
      return allowed ? 0 : ((1 - tokens) / limit.perSecond) * 1000;
    },
  };
}

function forgetOldest(buckets: Map<string, unknown>): void {
  if (buckets.size <= clientsMax) return;
  const oldest = buckets.keys().next();
  if (oldest.done !== true) buckets.delete(oldest.value);
}
