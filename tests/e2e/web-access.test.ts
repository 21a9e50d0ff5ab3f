/** What holds on every page: axe finds nothing, nothing moves while loading, and it stays light. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { firstRun, useSite } from "./web-browser.ts";

const site = useSite();

const box = "main [data-search-box]";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeFinding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const pages = [
  "/",
  "/?q=reasoning&org=google&explain=1",
  "/?q=visual+latent+!meaning+!degraded",
  "/?q=zzzz",
  "/?q=!fail",
  "/papers/2025-10-29-papers-review/latent-sketchpad?q=visual+latent+!meaning",
  "/posts",
  "/orgs",
  "/tags",
  "/posts?page=2",
  "/map?q=agent",
  "/map?page=2",
  "/nowhere",
];

/** States that are reached by doing something: where it begins, and what is done. */
const states: Readonly<
  Record<string, { readonly path: string; readonly reach: (page: Page) => Promise<void> }>
> = {
  "suggestions open, one of them chosen": {
    path: "/",
    reach: async (page) => {
      await page.locator(box).pressSequentially("atlas");
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("ArrowDown");
    },
  },
  "a search under way": {
    path: "/?q=reasoning",
    reach: async (page) => {
      await page.fill(box, "notes !slow");
      await page.locator("[aria-busy=true]").waitFor();
    },
  },
  "the first run of the indexer": {
    path: "/posts",
    reach: async (page) => {
      site.intercept(firstRun);
      await page.goto(site.url);
      await page.getByRole("progressbar").waitFor();
    },
  },
  "the palette open": {
    path: "/posts",
    reach: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
    },
  },
  "the list of keys open": {
    path: "/",
    reach: async (page) => {
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
  "why a result is there": {
    path: "/?q=reasoning+!meaning",
    reach: async (page) => {
      await page.locator("article [aria-expanded]").first().click();
      await page.locator("article section").first().waitFor();
    },
  },
  "papers drawn around on the map": {
    path: "/map?area=200.100.800.100.800.500.200.500",
    reach: async (page) => {
      await page.locator("svg a[data-point]").focus();
    },
  },
  "a figure enlarged": {
    path: "/papers/2025-10-29-papers-review/latent-sketchpad",
    reach: async (page) => {
      await page.locator(".review .enlarge").first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
};

describe.each([
  { colorScheme: "light", locale: "ko-KR", viewport: { width: 1280, height: 900 } },
  { colorScheme: "dark", locale: "en-GB", viewport: { width: 390, height: 844 } },
] as const)("axe finds nothing in $colorScheme, $locale, $viewport.width px", (look) => {
  test.each(pages)("%s", async (path) => {
    const page = await site.open(path, look);
    expect(await findings(page)).toEqual([]);
    await page.context().close();
  });

  test.each(Object.entries(states))("%s", async (_, { path, reach }) => {
    const page = await site.open(path, look);
    await reach(page);
    expect(await findings(page)).toEqual([]);
    site.intercept(null);
    await page.context().close();
  });
});

test("at 200 % zoom nothing is cut off at the side", async () => {
  for (const path of pages) {
    const page = await site.open(path, { viewport: { width: 640, height: 450 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path).toBe(true);
    await page.context().close();
  }
});

test("the search page loads at most 70 kB of compressed script", async () => {
  const page = await site.open("/?q=reasoning");
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => name.endsWith(".js")),
  );
  const sizes = await Promise.all(
    scripts.map(async (address) => {
      const response = await fetch(address, { headers: { "accept-encoding": "identity" } });
      return gzipSync(Buffer.from(await response.arrayBuffer()), { level: 9 }).byteLength;
    }),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(10_000);
  expect(total).toBeLessThanOrEqual(70_000);
  await page.context().close();
});

test.each(["/", "/?q=reasoning&org=google", "/posts", "/orgs", "/tags", "/map", pages[5] ?? ""])(
  "nothing moves while %s loads",
  async (path) => {
    const page = await site.open(path, { viewport: { width: 390, height: 844 } });
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let total = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              if (!Reflect.get(entry, "hadRecentInput")) total += Number(Reflect.get(entry, "value"));
            }
          }).observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(total)));
        }),
    );
    expect(shift).toBeLessThan(0.001);
    await page.context().close();
  },
);

async function findings(page: Page): Promise<readonly string[]> {
  // Through the debugger: the page's own policy forbids a script that it did not bring.
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const run: () => Promise<{ violations: AxeFinding[] }> = Reflect.get(
      Reflect.get(globalThis, "axe"),
      "run",
    );
    return (await run()).violations;
  });
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
  );
}
