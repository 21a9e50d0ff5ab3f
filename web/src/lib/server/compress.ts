/** Compresses pages on their way out: the product serves them itself, with no proxy in front that would. */

/** Shorter answers gain nothing. */
const leastBytes = 1400;

/**
 * The response with a gzip body when the client takes it and the body is text of some length. An `etag` becomes a weak
 * one, because the bytes are no longer those that it was made of.
 */
export function compressed(response: Response, acceptEncoding: string | null): Response {
  const type = response.headers.get("content-type") ?? "";
  const length = Number(response.headers.get("content-length") ?? Number.POSITIVE_INFINITY);
  const isText = /^(?:text\/html|application\/json)/u.test(type);
  const isTaken = /(?:^|,)\s*gzip\s*(?:,|$|;(?!\s*q=0(?:\.0+)?\s*(?:,|$)))/iu.test(acceptEncoding ?? "");
  if (response.body === null || !isText || !isTaken || length < leastBytes) return response;
  if (response.headers.has("content-encoding")) return response;
  const headers = new Headers(response.headers);
  headers.set("content-encoding", "gzip");
  headers.append("vary", "accept-encoding");
  headers.delete("content-length");
  const etag = headers.get("etag");
  if (etag !== null && !etag.startsWith("W/")) headers.set("etag", `W/${etag}`);
  return new Response(response.body.pipeThrough(new CompressionStream("gzip")), {
    status: response.status,
    statusText: response.statusText,
    headers,
  });
}
