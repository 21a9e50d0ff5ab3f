/** A real browser on the built page with the fake API. Everything that a page complains of is kept, and fails its file of tests. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { fakeApi } from "../../web/src/lib/testing/fake-api.ts";
import { serveFake } from "../../web/src/lib/testing/serve-fake.ts";
import { chromiumFlags, findChromium } from "./chromium.ts";

/** Answers a request in the fake API's place; null leaves it to the fake API. */
export type Intercept = (request: Request) => Promise<Response | null>;

/** As a server in its first run answers: nothing to search yet, 3 of 9 posts done. */
export const firstRun: Intercept = async ({ url }) => {
  if (url.includes("/api/search"))
    return Response.json({ type: "", title: "", status: 503, code: "no-index", detail: "" }, { status: 503 });
  if (!url.includes("/api/status")) return null;
  const indexing = { phase: "embedding", done: 3, total: 9, rate: 1, secondsLeft: 6, message: null };
  return Response.json({ counts: { posts: 0, papers: 0, notes: 0, chunks: 0 }, indexing });
};

export interface Site {
  readonly url: string;
  /** Opens a path in a fresh browser profile. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** A fresh browser profile without a page, for tests that prepare one before it loads. */
  context(): Promise<BrowserContext>;
  /** Puts something before the fake API for the next requests; null takes it away. */
  intercept(before: Intercept | null): void;
}

/**
 * One server and one browser for a file of tests. After the last test it holds that no page had an error of a script or of
 * the content security policy, and that no other host was asked.
 */
export function useSite(): Site {
  let before: Intercept | null = null;
  let running: Running | null = null;
  const complaints: string[] = [];
  const current = (): Running => {
    if (running === null) throw new Error("The site is there while tests run.");
    return running;
  };
  beforeAll(async () => {
    running = await start(async (request) => (await before?.(request)) ?? fakeApi(request));
  }, 60_000);
  afterAll(async () => {
    await running?.browser.close();
    await running?.close();
    expect(complaints).toEqual([]);
  });
  return {
    get url() {
      return current().url;
    },
    intercept: (next) => {
      before = next;
    },
    context: () => current().browser.newContext({ locale: "en-GB" }),
    async open(path, options = {}) {
      const { browser, url } = current();
      const context = await browser.newContext({
        locale: "en-GB",
        viewport: { width: 1280, height: 900 },
        ...options,
      });
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      listen(page, url, complaints);
      await page.goto(url + path);
      if (options.javaScriptEnabled !== false) await started(page);
      return page;
    },
  };
}

interface Running {
  readonly url: string;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

/** @throws Error when there is no Chromium. */
async function start(api: (request: Request) => Promise<Response>): Promise<Running> {
  const executablePath = findChromium();
  const server = await serveFake({ api });
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
  return { url: server.url, browser, close: server.close };
}

function listen(page: Page, url: string, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    const expected = /status of (404|503)|net::ERR_INTERNET_DISCONNECTED/u.test(message.text());
    if (message.type() === "error" && !expected) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const address = new URL(request.url());
    if (address.protocol !== "data:" && address.origin !== url)
      complaints.push(`${page.url()} asks ${request.url()}`);
  });
}

/** The page listens once its script has run; what is done before would be the plain page's answer. */
async function started(page: Page): Promise<void> {
  await page.locator("html[data-started]").waitFor({ state: "attached" });
}
