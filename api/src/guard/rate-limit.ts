/** Refuses a client that asks too often: 429 with `Retry-After`. */
import type { MiddlewareHandler } from "hono";
import type { AppDeps, RateLimit, RateLimited } from "../deps.ts";
import { Refusal } from "../problems/problem.ts";
import { clientAddress, isLoopback } from "./client.ts";
import { createTokenBuckets } from "./token-bucket.ts";

/** Generous for people who type, agents and feed readers; a stop for loops. Measured against one server's ~100 searches a second. */
export const defaultRateLimits: Readonly<Record<RateLimited, RateLimit>> = {
  search: { burst: 300, perSecond: 30 },
  suggest: { burst: 300, perSecond: 60 },
  mcp: { burst: 300, perSecond: 30 },
  index: { burst: 30, perSecond: 1 },
};

/** A client on this machine owns it (a benchmark, a proxy that speaks for many): it gets more before it is stopped. */
const loopbackFactor = 10;

export function limitRate(deps: AppDeps, what: RateLimited): MiddlewareHandler {
  const configured = deps.options?.rateLimits?.[what];
  const limit = configured === undefined ? defaultRateLimits[what] : configured;
  if (limit === null) return (_, next) => next();
  const remote = createTokenBuckets(limit);
  const local = createTokenBuckets({
    burst: limit.burst * loopbackFactor,
    perSecond: limit.perSecond * loopbackFactor,
  });
  return async (c, next) => {
    const address = clientAddress(c, deps.options?.trustProxy ?? false);
    const wait = (isLoopback(address) ? local : remote).take(network(address), deps.clock());
    if (wait > 0) {
      const seconds = Math.max(1, Math.ceil(wait / 1000));
      throw new Refusal("too-many-requests", `Too many requests. Try again in ${seconds} s.`, {
        headers: { "Retry-After": String(seconds) },
      });
    }
    await next();
  };
}

/** The address, or the /64 network of an IPv6 address: one subscriber holds all addresses of it. */
function network(address: string | null): string {
  if (address === null) return "unknown";
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill("0");
  return [...groups, ...zeros, ...rest].slice(0, 4).join(":");
}
