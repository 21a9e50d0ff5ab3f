/** The seams of the page's server: asking the API in process, and leading back only to pages of this site. */
import { afterEach, expect, test } from "vitest";
import { apiSymbol, askApi, belongsToApi } from "./api-bridge.ts";
import { publicOrigin } from "./origin.ts";
import { safeReturn } from "./return-path.ts";

afterEach(() => {
  Reflect.deleteProperty(globalThis, apiSymbol);
});

test("a registered API answers in process", async () => {
  Reflect.set(globalThis, apiSymbol, async (request: Request) => new Response(new URL(request.url).pathname));
  const response = await askApi(new Request("http://site/api/status"), () =>
    Promise.reject(new Error("asked the network")),
  );
  expect(await response.text()).toBe("/api/status");
});

test("without one the request is forwarded, path and query unchanged", async () => {
  const response = await askApi(
    new Request("http://site/api/search?q=%EA%B7%B8"),
    async (input) => new Response(new Request(input).url),
  );
  expect(await response.text()).toBe("http://127.0.0.1:4321/api/search?q=%EA%B7%B8");
});

test("pages are not the API's", () => {
  expect(["/api/search", "/assets/x.png", "/", "/apiary", "/papers/api/x"].map(belongsToApi)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  ["/?q=a b", "/?q=a%20b"],
  ["//evil.example/x", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["/\t/evil.example", "/"],
  [null, "/"],
])("%s leads back to %s", (path, back) => {
  expect(safeReturn(path)).toBe(back);
});

test("the address is http unless the proxy says https", () => {
  const url = new URL("https://127.0.0.1:4321/x");
  expect(publicOrigin(url, new Headers())).toBe("http://127.0.0.1:4321");
  expect(publicOrigin(url, new Headers({ "x-forwarded-proto": "https, http" }))).toBe(
    "https://127.0.0.1:4321",
  );
});
