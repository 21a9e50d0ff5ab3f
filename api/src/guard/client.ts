/** Who asks, and under which address this site was asked: from the connection, or from a trusted proxy's headers. */
import type { Context } from "hono";

/** The client's address, or null when the connection does not tell (a test, a socket file). */
export function clientAddress(c: Context, trustProxy: boolean): string | null {
  // A proxy appends the address it saw, so only the last one is its own word; what stands before came from the client.
  const forwarded = trustProxy ? lastOf(c.req.header("x-forwarded-for")) : null;
  return forwarded ?? connectionAddress(c.env);
}

/** Scheme, host and port under which the client reached this site, without a slash at the end. */
export function siteOrigin(c: Context, trustProxy: boolean): string {
  const asked = new URL(c.req.url);
  if (!trustProxy) return asked.origin;
  const scheme = lastOf(c.req.header("x-forwarded-proto")) ?? asked.protocol.slice(0, -1);
  const host = lastOf(c.req.header("x-forwarded-host")) ?? asked.host;
  if ((scheme !== "http" && scheme !== "https") || !hostPattern.test(host)) return asked.origin;
  return `${scheme}://${host}`;
}

export function isLoopback(address: string | null): boolean {
  return address !== null && (address === "::1" || /^(?:::ffff:)?127\./u.test(address));
}

/** A host name or bracketed IPv6 address with an optional port: nothing that could break out of a URL or of XML. */
const hostPattern = /^(?:[\p{L}\p{N}.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/u;

function lastOf(header: string | undefined): string | null {
  const last = header?.split(",").at(-1)?.trim();
  return last === undefined || last === "" ? null : last;
}

/** `@hono/node-server` hands the Node request over as `env.incoming`. */
function connectionAddress(env: unknown): string | null {
  const address = member(member(member(env, "incoming"), "socket"), "remoteAddress");
  return typeof address === "string" ? address : null;
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
