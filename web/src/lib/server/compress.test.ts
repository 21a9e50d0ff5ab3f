/** Pages leave compressed where the client takes it, and whole. */
import { expect, test } from "vitest";
import { compressed } from "./compress.ts";

const page = `<!doctype html>\n${"<p>비주얼 잠재 추론</p>\n".repeat(200)}`;
const html = (body = page, headers: Record<string, string> = {}) =>
  new Response(body, { headers: { "content-type": "text/html; charset=utf-8", ...headers } });

test("a page is compressed for a client that takes gzip, and is the same when unpacked", async () => {
  const answer = compressed(html(page, { etag: '"1"' }), "br, gzip;q=0.8");
  expect(answer.headers.get("content-encoding")).toBe("gzip");
  expect(answer.headers.get("vary")).toContain("accept-encoding");
  expect(answer.headers.get("etag")).toBe('W/"1"');
  const unpacked = answer.body?.pipeThrough(new DecompressionStream("gzip"));
  expect(await new Response(unpacked).text()).toBe(page);
});

test.each([
  ["no gzip is taken", html(), "br"],
  ["gzip is refused", html(), "gzip;q=0, br"],
  ["nothing is said", html(), null],
  ["the page says that it is short", html("short", { "content-length": "5" }), "gzip"],
  ["it is compressed already", html(page, { "content-encoding": "br" }), "gzip"],
  ["it is no text", new Response(page, { headers: { "content-type": "image/png" } }), "gzip"],
])("it is left alone when %s", (_, response, accept) => {
  expect(compressed(response, accept)).toBe(response);
});
