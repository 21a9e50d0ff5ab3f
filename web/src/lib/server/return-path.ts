/** Where to go back to after a switch: only ever a page of this site. */

/** The path, if it is one of this site; else the start page. `//host` and `/\host` would lead elsewhere. */
export function safeReturn(path: string | null): string {
  if (path === null || !path.startsWith("/")) return "/";
  const base = "http://site.invalid";
  const url = new URL(path, base);
  return url.origin === base ? url.pathname + url.search : "/";
}
