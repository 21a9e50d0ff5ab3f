/** A real browser on the built page with the fake API. Everything that a page complains of is kept, for tests to look at. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { fakeApi } from "../../web/src/lib/testing/fake-api.ts";
import { type FakeSite, serveFake } from "../../web/src/lib/testing/serve-fake.ts";
import { chromiumFlags, findChromium } from "./chromium.ts";

export interface Site {
  readonly url: string;
  /** Opens a path in a fresh browser profile. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** A fresh browser profile without a page, for tests that prepare one before it loads. */
  context(): Promise<BrowserContext>;
  /** Errors of scripts and of the content security policy, and requests to other hosts. */
  readonly complaints: string[];
  /** Puts something before the fake API for the next requests; null takes it away. */
  intercept(before: ((request: Request) => Promise<Response | null>) | null): void;
  close(): Promise<void>;
}

/** Starts server and browser. @throws Error when there is no Chromium. */
export async function openSite(): Promise<Site> {
  const executablePath = findChromium();
  let before: ((request: Request) => Promise<Response | null>) | null = null;
  const server: FakeSite = await serveFake({
    api: async (request) => (await before?.(request)) ?? fakeApi(request),
  });
  const browser: Browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
  const complaints: string[] = [];
  return {
    url: server.url,
    complaints,
    intercept: (next) => {
      before = next;
    },
    context: () => browser.newContext({ locale: "en-GB" }),
    async open(path, options = {}) {
      const context = await browser.newContext({
        locale: "en-GB",
        viewport: { width: 1280, height: 900 },
        ...options,
      });
      context.setDefaultTimeout(10_000);
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
      page.on("console", (message) => {
        const expected = /status of (404|503)|net::ERR_INTERNET_DISCONNECTED/u.test(message.text());
        if (message.type() === "error" && !expected) complaints.push(`${page.url()}: ${message.text()}`);
      });
      page.on("request", (request) => {
        if (new URL(request.url()).origin !== server.url)
          complaints.push(`${page.url()} asks ${request.url()}`);
      });
      await page.goto(server.url + path);
      if (options.javaScriptEnabled !== false) await started(page);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** The page listens once its script has run; what is done before would be the plain page's answer. */
async function started(page: Page): Promise<void> {
  await page.locator("html[data-started]").waitFor({ state: "attached" });
}
