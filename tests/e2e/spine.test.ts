/** The main job, through the front door: the built product on the sample post, searched, read and re-indexed in a browser. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SearchResponse } from "@nonmun/core/contract";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumFlags, findChromium } from "./chromium.ts";
import { type Product, startProduct } from "./product.ts";

/** How long a test waits for what has to come; a quick machine is done long before. */
const within = { timeout: 30_000, interval: 100 };

let product: Product;
let browser: Browser;
beforeAll(async () => {
  product = await startProduct({ environment: { NONMUN_SITE_URL: "https://blog.example/docs" } });
  browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumFlags] });
});
afterAll(async () => {
  await browser?.close();
  const code = await product?.close();
  expect(code).toBe(0);
});

async function ask(q: string, parameters: Readonly<Record<string, string>> = {}): Promise<SearchResponse> {
  const response = await fetch(`${product.url}/api/search?${new URLSearchParams({ q, ...parameters })}`);
  expect(response.status).toBe(200);
  return (await response.json()) as SearchResponse;
}

/** Opens a page whose requests must all go to the product itself. */
async function open(path: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "ko-KR", ...options });
  const page = await context.newPage();
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) expect(new URL(request.url()).origin).toBe(product.url);
  });
  await page.goto(product.url + path);
  const scripted = options.javaScriptEnabled !== false;
  if (scripted) await page.locator("html[data-started]").waitFor({ state: "attached" });
  return page;
}

describe("search", () => {
  test.each([
    ["visual latent reasoning", "Latent Sketchpad"],
    ["그림을 그리며 추론", "Latent Sketchpad"],
    ["multi-turn tool calling", "FunReason-MT"],
    ["다국어 스케일링 법칙", "ATLAS"],
    ["키보드 마우스 게임 에이전트", "Game-TARS"],
    ["3D spatial robot manipulation", "From Spatial to Actions"],
  ])("%s finds %s first", async (q, title) => {
    const { results, degraded, match } = await ask(q);
    expect(degraded).toEqual([]);
    expect(match).toBe("good");
    expect(results[0]?.paper.title).toContain(title);
  });

  test("an org alone leaves its papers alone", async () => {
    const { results, total } = await ask("", { org: "google" });
    expect(total).toBe(1);
    expect(results.map(({ paper }) => paper.title)).toEqual(["ATLAS"]);
  });
});

describe("the page", () => {
  test("shows results with marks, narrows by org, and lands on the passage that matched", async () => {
    const page = await open("/");
    await page.fill("main [data-search-box]", "visual latent reasoning");
    const first = page.locator("[data-result]").first();
    await expect.poll(() => first.textContent(), within).toContain("Latent Sketchpad");
    expect(await page.locator("mark").count()).toBeGreaterThan(0);
    await page.click(".facets a:has-text('microsoft')");
    await page.waitForURL("**org=microsoft**");
    await expect.poll(() => page.locator("[data-result]").count(), within).toBe(1);
    await first.click();
    await page.waitForURL("**/papers/2025-10-29-papers-review/latent-sketchpad**");
    expect(await page.textContent("h1")).toContain("Latent Sketchpad");
    const passage = page.locator(".review [data-passage]").first();
    await passage.waitFor();
    expect(await passage.textContent()).toMatch(/visual (?:latents|reasoning)/u);
    await page.context().close();
  });

  test("renders a review whole without script: bold in Korean, missing images named, links to paper and blog", async () => {
    const page = await open("/papers/2025-10-29-papers-review/from-spatial-to-actions", {
      javaScriptEnabled: false,
    });
    const review = page.locator(".review");
    expect(await review.locator("strong").allTextContents()).toContain("액션 헤드(Action Head)");
    expect(await review.textContent()).toContain("blog_20251029_img3.png");
    expect(await review.textContent()).not.toContain("**");
    const links = await page.locator("a").evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    expect(links).toContain("https://huggingface.co/papers/2510.17439");
    expect(links.some((href) => href.startsWith("https://blog.example/docs/2025-10-29-papers-review#"))).toBe(
      true,
    );
    await page.context().close();
  });
});

describe("re-indexing while it serves", () => {
  const name = "2025-11-05-papers-review.mdx";
  const post = (text: string) =>
    `# 2025-11-05 papers review\n\n## 1. [Quokka Memory](https://arxiv.org/abs/2511.00001) \`acme lab\`\n\n${text}\n`;

  test("a post is found, updated and gone within seconds, and no request fails meanwhile", async () => {
    let asking = true;
    const statuses = new Set<number>();
    const background = (async () => {
      while (asking) statuses.add((await fetch(`${product.url}/api/search?q=latent`)).status);
    })();
    const firstTitle = async (q: string) => (await ask(q)).results[0]?.paper.title;

    await writeFile(join(product.posts, name), post("캥거루처럼 뛰어다니는 기억 장치를 제안한다."));
    await expect.poll(() => firstTitle("캥거루 기억 장치"), within).toBe("Quokka Memory");

    await writeFile(join(product.posts, name), post("펭귄 무리의 협동 사냥을 흉내 낸다."));
    const passage = async () => JSON.stringify((await ask("펭귄 협동 사냥")).results[0]?.sections);
    await expect.poll(passage, within).toContain("펭귄 무리");

    await rm(join(product.posts, name));
    await expect.poll(async () => (await ask("", { org: "acme lab" })).total, within).toBe(0);

    asking = false;
    await background;
    expect([...statuses]).toEqual([200]);
  });
});

test("a second start on the same index embeds nothing", async () => {
  const again = await startProduct({ index: join(product.posts, "..", "index") });
  try {
    expect(again.output()).toContain("Nothing has changed");
  } finally {
    expect(await again.close()).toBe(0);
  }
});
