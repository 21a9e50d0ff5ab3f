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

test("a filter of the address is shown and can be taken away", async () => {
  const page = await open("?q=추론&org=google");
  await page.getByLabel("필터 해제: google").click();
  await page.waitForURL(({ search }) => !search.includes("org="));
  expect(new URL(page.url()).searchParams.get("q")).toBe("추론");
});

test("the title names what is searched, and / goes to the box", async () => {
  const page = await open("");
  await page.keyboard.press("/");
  await page.keyboard.type("sketch");
  await page.locator("#nonmun-results article").first().waitFor();
  expect(await page.title()).toBe("sketch · Nonmun");
});

test.each([
  ["is not there", { status: 404, body: "" }, "받지 못했습니다"],
  ["is cut short", { status: 200, body: '{"format":1,"pap' }, "읽을 수 없습니다"],
])(
  "a reader is told when the file of the search %s, and the next search tries again",
  async (_, answer, told) => {
    // The browser's own word about the missing file is wanted here.
    const page = await (await browser.newContext()).newPage();
    await page.route("**/search.json", (route) => route.fulfill(answer));
    await page.goto(`${url}?q=추론`);
    const status = page.locator("#nonmun-results [role=status]");
    await status.filter({ hasText: told }).waitFor();
    await page.unroute("**/search.json");
    await page.locator("main button[type=submit]").click();
    await page.locator("#nonmun-results article").first().waitFor();
  },
);

test.each(["", "posts/", "orgs/", "tags/", "map/", "map/year/", "404.html"])(
  "/%s promises a search by words, not by meaning",
  async (path) => {
    const page = await open(path);
    const promised = await page.evaluate(() => [
      document.title,
      document.querySelector("meta[name=description]")?.getAttribute("content") ?? "",
      document.querySelector("footer")?.textContent ?? "",
      ...[...document.querySelectorAll("input")].map((one) => one.placeholder),
    ]);
    // The map does lie by meaning: its place was computed with the model.
    const search = promised.filter((text) => !text.includes("가까운 점"));
    expect(search.join("\n")).toContain("낱말로 찾는");
    expect(search.filter((text) => /뜻|개념/u.test(text))).toEqual([]);
  },
);

test("the map names nothing that needs the script of the served page", async () => {
  const page = await open("map/");
  expect(await page.locator("main button, main form, figcaption").count()).toBe(0);
});

test.each(["", "posts/", "orgs/", "tags/", "map/", "404.html"])(
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
