/** The hostile posts in a real browser: nothing runs and no request leaves, under the strict policy and even without one. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type HostilePost, hostilePosts, reviewsOf } from "@nonmun/indexer/render/hostile-posts";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumFlags, findChromium } from "./chromium.ts";

const strictPolicy = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'";

let browser: Browser;
let server: Server;
let origin: string;
const pages = new Map<string, string>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const page = pages.get(decodeURIComponent(url.pathname));
    response.statusCode = page === undefined ? 404 : 200;
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    if (url.search === "?strict") response.setHeader("Content-Security-Policy", strictPolicy);
    response.end(page ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumFlags],
  });
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

const posts = hostilePosts().map((post) => [post.name, post] as const);
/** Chromium lays out ten megabytes of text in some seconds. */
const options = { timeout: 300_000 };

test.each(posts)(
  "%s: under the policy nothing runs, nothing leaves and nothing had to be blocked",
  options,
  async (_, post) => {
    expect(await visitPost(post, "?strict")).toEqual({ ran: false, foreign: [], blocked: [], clobbered: [] });
  },
);

test.each(posts)("%s: without any policy nothing runs and nothing leaves", options, async (_, post) => {
  expect(await visitPost(post, "")).toEqual({ ran: false, foreign: [], blocked: [], clobbered: [] });
});

test("the probe is not blind: an unsanitised post runs, leaves and takes over a name", async () => {
  const html = `<img src="https://127.0.0.1:9/x" name="cookie" onclick="window.pwned = 1">`;
  expect(await visitHtml("control", html, "")).toMatchObject({
    ran: true,
    foreign: ["https://127.0.0.1:9/x"],
    clobbered: ["cookie", "name"],
  });
});

async function visitPost(post: HostilePost, search: string) {
  return visitHtml(post.name, (await reviewsOf(post)).join("\n"), search);
}

async function visitHtml(name: string, html: string, search: string) {
  const path = `/page/${name}`;
  pages.set(
    path,
    `<!doctype html><html lang="ko"><head><title>글</title></head><body><main class="review">${html}</main></body></html>`,
  );
  const page = await browser.newPage();
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (request.url() !== `${origin}${encodeURI(path)}${search}`) foreign.push(request.url());
  });
  await page.addInitScript(() => {
    Object.assign(globalThis, { blocked: [] as string[] });
    document.addEventListener("securitypolicyviolation", (event) => {
      (globalThis as unknown as { blocked: string[] }).blocked.push(
        `${event.violatedDirective} ${event.blockedURI}`,
      );
    });
  });
  await page.goto(`${origin}${encodeURI(path)}${search}`, { waitUntil: "load", timeout: 240_000 });
  const seen = await page.evaluate(probe);
  await page.close();
  return { ...seen, foreign: foreign.filter((url) => !url.endsWith("/favicon.ico")) };
}

/** Runs in the page: sets off what handlers wait for, then looks for traces and for built-ins that an element has taken over. */
function probe() {
  const global = globalThis as unknown as { pwned?: unknown; blocked: readonly string[] };
  const events = ["click", "mouseover", "pointerenter", "focus", "toggle", "error", "load", "animationstart"];
  for (const element of [...document.querySelectorAll("main *")].slice(0, 2_000)) {
    for (const type of events) {
      // A click on an address would leave the page on purpose.
      if (type !== "click" || !element.closest("a[href]"))
        element.dispatchEvent(new Event(type, { bubbles: false }));
    }
  }
  const clobbered = [
    typeof document.getElementById === "function" ? "" : "getElementById",
    document.body?.tagName === "BODY" ? "" : "body",
    typeof document.cookie === "string" ? "" : "cookie",
    typeof location.href === "string" ? "" : "location",
    document.querySelector("[name]") === null ? "" : "name",
  ].filter((name) => name !== "");
  return { ran: global.pwned !== undefined, blocked: [...global.blocked], clobbered };
}
