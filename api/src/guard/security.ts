/** Headers that keep an answer of the API from being more than it is, and decide which pages may read it. */
import type { MiddlewareHandler } from "hono";
import type { AppDeps } from "../deps.ts";

/** Answers are data: a browser that opens one directly loads, runs and frames nothing. A route may set its own policy. */
export function secureAnswers(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    setDefault(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    setDefault(headers, "Cross-Origin-Resource-Policy", "same-origin");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
  };
}

/**
 * Lets pages of the allowed origins read, never write. Without any, browsers keep other sites from reading what may be
 * private notes; programs that are no browsers are not concerned.
 */
export function shareAcrossOrigins(deps: AppDeps): MiddlewareHandler {
  const allowed = deps.options?.allowedOrigins ?? [];
  if (allowed.length === 0) return (_, next) => next();
  return async (c, next) => {
    const origin = c.req.header("origin");
    const granted = allowed === "*" || (origin !== undefined && allowed.includes(origin));
    const preflight =
      c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;
    if (!preflight) await next();
    else c.res = new Response(null, { status: 204 });
    if (allowed !== "*") c.res.headers.append("Vary", "Origin");
    if (!granted || origin === undefined || !(preflight || reads(c.req.method))) return;
    c.res.headers.set("Access-Control-Allow-Origin", allowed === "*" ? "*" : origin);
    c.res.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    if (preflight) {
      c.res.headers.set("Access-Control-Allow-Methods", "GET, HEAD");
      c.res.headers.set("Access-Control-Max-Age", "86400");
    } else {
      c.res.headers.set("Access-Control-Expose-Headers", "ETag, Retry-After");
    }
  };
}

function reads(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

function setDefault(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value);
}
