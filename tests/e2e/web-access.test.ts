/** What holds on every page: axe finds nothing, nothing moves while loading, and it stays light. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, type Site } from "./web-browser.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 60_000);
afterAll(async () => {
  await site?.close();
});

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
  "/map?q=agent",
  "/nowhere",
];

describe.each([
  { colorScheme: "light", locale: "ko-KR", viewport: { width: 1280, height: 900 } },
  { colorScheme: "dark", locale: "en-GB", viewport: { width: 390, height: 844 } },
] as const)("axe finds nothing in $colorScheme, $locale, $viewport.width px", (look) => {
  test.each(pages)("%s", async (path) => {
    const page = await site.open(path, look);
    expect(await findings(page)).toEqual([]);
    await page.context().close();
  });

  test("with suggestions open, with the palette open", async () => {
    const page = await site.open("/", look);
    await page.locator("main [data-search-box]").pressSequentially("atlas");
    await page.getByRole("option").first().waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    expect(await findings(page)).toEqual([]);
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

test("results that replace others do not shift the layout without an input", async () => {
  const page = await site.open("/?q=reasoning");
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
  expect(shift).toBeLessThan(0.01);
  await page.context().close();
});

test("nothing went wrong in the browser, and no other host was asked", () => {
  expect(site.complaints).toEqual([]);
});

async function findings(page: Awaited<ReturnType<Site["open"]>>): Promise<readonly string[]> {
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
