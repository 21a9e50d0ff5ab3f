/** The headers of every answer that SvelteKit makes. */

const always = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  vary: "accept-language, cookie",
} as const;

/**
 * Sets them on the response. A page is in the reader's language and theme and shows what the index holds now, so that it is kept by
 * nobody else and asked for again; its `etag` goes, for a page holds a nonce and is never the same twice.
 */
export function setHeaders({ headers }: Response): void {
  for (const [name, value] of Object.entries(always)) headers.set(name, value);
  if (!/^text\/html/iu.test(headers.get("content-type") ?? "")) return;
  headers.set("cache-control", "private, no-cache");
  headers.delete("etag");
}
