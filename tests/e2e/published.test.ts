/** A published site behind a plain server of files, below a path: it is read, searched, and asks nobody else. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumFlags, findChromium } from "./chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const run = promisify(execFile);
let base = "";
let url = "";
let server: Server;
let browser: Browser;
/** Failed requests, requests to elsewhere, errors of scripts and of the policy: of every page, and none is wanted. */
const complaints: string[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "nonmun-published-"));
  server = createServer((request, response) => {
    void answer(request.url ?? "/").then(({ status, headers, body }) => {
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/notes/`;
  const cli = join(root, "cli", "src", "main.ts");
  const place = ["--index", join(base, "index"), "--content", join(root, "data", "posts"), "--url", url];
  await run(process.execPath, [
    "--disable-warning=ExperimentalWarning",
    cli,
    "publish",
    join(base, "notes"),
    ...place,
  ]);
  browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumFlags] });
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(base, { recursive: true, force: true });
  expect(complaints).toEqual([]);
});

test("a search finds the paper by Korean words, and a click opens its review with its pictures", async () => {
  const page = await open("");
  await page.fill("main [name=q]", "그림 그리며 생각");
  const first = page.locator("#nonmun-results h3 a").first();
  await first.waitFor();
  expect(await page.locator("main .columns").isVisible()).toBe(false);
  expect(await page.locator("#nonmun-results [role=status]").textContent()).toContain("낱말로");
  expect(await violations(page)).toEqual([]);
  await first.click();
  await page.waitForURL(/\/papers\/.+latent-sketchpad/u);
  const pictures = await page.evaluate(() =>
    [...document.images].filter((one) => one.loading !== "lazy").map((one) => one.naturalWidth),
  );
  expect(pictures.filter((width) => width === 0)).toEqual([]);
});

test("an address with a filter alone lists its papers", async () => {
  const page = await open("?org=google");
  await page.locator("#nonmun-results article").first().waitFor();
  expect(await page.locator("#nonmun-results article").allTextContents()).toSatisfy((texts: string[]) =>
    texts.every((text) => text.includes("google")),
  );
});

test.each(["", "posts/", "orgs/", "tags/", "map/"])(
  "axe finds nothing on /%s, and its links lead somewhere",
  async (path) => {
    const page = await open(path);
    expect(await violations(page)).toEqual([]);
    const links = await page.evaluate(() =>
      [...document.links].map((one) => one.href.replace(/[?#].*/u, "")),
    );
    const own = [...new Set(links)].filter((link) => link.startsWith(url));
    const answers = await Promise.all(own.map(async (link) => [link, (await fetch(link)).status] as const));
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  },
);

test("without script reviews are read, and the search says that it needs it", async () => {
  const page = await open("", false);
  expect(await page.locator("noscript").textContent()).toContain("스크립트");
  await page.locator("main h3 a").first().click();
  expect(await page.locator("main article, main h2").count()).toBeGreaterThan(0);
});

async function open(path: string, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(`${path}: ${error.message}`));
  page.on(
    "console",
    (message) => message.type() === "error" && complaints.push(`${path}: ${message.text()}`),
  );
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) complaints.push(`leaves: ${request.url()}`);
  });
  await page.goto(url + path);
  return page;
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await (
      Reflect.get(globalThis, "axe") as {
        run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      }
    ).run();
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  });
}

/** As plain servers of files do: a folder is its index.html, its address ends with a slash, types go by the name. */
async function answer(address: string) {
  const path = decodeURIComponent(new URL(address, "http://host").pathname);
  const place = join(base, path);
  const there = await stat(place).catch(() => null);
  if (there?.isDirectory() === true && !path.endsWith("/")) {
    return { status: 301, headers: { location: `${encodeURI(path)}/` }, body: "" };
  }
  const file = there?.isDirectory() === true ? join(place, "index.html") : place;
  const body = await readFile(file).catch(() => null);
  if (body === null || !path.startsWith("/notes/")) return { status: 404, headers: {}, body: "" };
  return {
    status: 200,
    headers: { "content-type": types[extname(file)] ?? "application/octet-stream" },
    body,
  };
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".xml": "application/xml",
  ".webmanifest": "application/manifest+json",
};
