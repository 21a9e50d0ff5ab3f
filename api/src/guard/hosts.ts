/**
 * Under which names this server answers. A page of another site can point a name of its own at this machine (DNS
 * rebinding) and then read everything as if it were its own; it can't choose which name the browser says, though.
 */
import { isIP } from "node:net";

export interface HostRule {
  /** Names beyond those that are always right (`search.lan`), or `*`. */
  readonly allowed: readonly string[] | "*";
  /** Address that the server is bound to: `127.0.0.1`, `0.0.0.0`, `search.lan`. */
  readonly bound: string;
  /** Whether a proxy stands before it, which answers for the names it passes on. */
  readonly behindProxy: boolean;
}

/**
 * Whether a request whose `Host` is `host` may be answered. Names of this machine and plain addresses always are, since
 * nobody can point those elsewhere. Other names must be allowed by the rule, unless it names none and the server was
 * opened to others (bound to more than this machine, or behind a proxy): then it can't know what it is called.
 */
export function isHostAllowed(host: string, rule: HostRule): boolean {
  if (rule.allowed === "*") return true;
  const name = hostName(host);
  if (name === null) return false;
  if (isAddress(name) || isLocalName(name) || name === hostName(rule.bound)) return true;
  if (rule.allowed.some((allowed) => hostName(allowed) === name)) return true;
  return rule.allowed.length === 0 && (rule.behindProxy || !isLoopbackName(rule.bound));
}

/** Without its port and the root's dot, in lower case; null for what is no host. */
function hostName(host: string): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/?#@\\]+)(?::\d{1,5})?$/iu.exec(
    host.includes("::") && isIP(host) ? `[${host}]` : host,
  );
  return match?.[1]?.toLowerCase().replace(/\.$/u, "") ?? null;
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/gu, "")) !== 0;
}

function isLocalName(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost");
}

function isLoopbackName(bound: string): boolean {
  return isLocalName(bound.toLowerCase()) || bound === "::1" || bound.startsWith("127.");
}
