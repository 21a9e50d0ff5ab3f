/** What caches may do with pages and with what else the server says. */
import { expect, test } from "vitest";
import { setHeaders } from "./headers.ts";

const answer = (headers: Record<string, string>) => {
  const response = new Response("", { headers });
  setHeaders(response);
  return Object.fromEntries(response.headers);
};

test("a page is kept by nobody else, asked for again, and has no etag that never matches", () => {
  const headers = answer({ "content-type": "text/html; charset=utf-8", etag: '"a"' });
  expect(headers).toMatchObject({ "cache-control": "private, no-cache", vary: "accept-language, cookie" });
  expect(headers).not.toHaveProperty("etag");
});

test("what is no page keeps what it says of itself", () => {
  const own = { "content-type": "application/json", etag: '"a"', "cache-control": "no-cache" };
  expect(answer(own)).toMatchObject({ ...own, "x-content-type-options": "nosniff" });
});
