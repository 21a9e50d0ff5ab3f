/** Pages travel compressed to those who take it. */
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { compressed } from "./compress.ts";

const text = "<p>논문</p>".repeat(400);
const page = (headers: HeadersInit = {}) =>
  new Response(text, { headers: { "content-type": "text/html; charset=utf-8", etag: '"a"', ...headers } });

test("a page is compressed, says so, and keeps its text", async () => {
  const response = compressed(page(), "br, gzip;q=0.8");
  expect(response.headers.get("content-encoding")).toBe("gzip");
  expect(response.headers.get("etag")).toBe('W/"a"');
  expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(text);
});

test.each([[null], ["br"], ["gzip;q=0"], ["gzip; q=0.0, br"], ["x-gzip2"]])(
  "who accepts %s gets it plain",
  (accepted) => {
    expect(compressed(page(), accepted).headers.has("content-encoding")).toBe(false);
  },
);

test("a picture, a short answer and one that is compressed already stay as they are", () => {
  for (const headers of [
    { "content-type": "image/png" },
    { "content-length": "20" },
    { "content-encoding": "br" },
  ]) {
    const response = page(headers);
    expect(compressed(response, "gzip")).toBe(response);
  }
});
