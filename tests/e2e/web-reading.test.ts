/** The journeys of someone who reads a review. */
import { expect, test } from "vitest";
import { useSite } from "./web-browser.ts";

const site = useSite();

const review = "/papers/2025-10-29-papers-review/latent-sketchpad";

test("a result opens at its passage, which is marked and in view", async () => {
  const page = await site.open("/?q=visual+latent+!meaning", { viewport: { width: 1280, height: 500 } });
  await page.locator("[data-result]").first().click();
  await page.locator("[data-passage]").waitFor();
  const marked = await page.evaluate(() =>
    ["nonmun-literal", "nonmun-meaning"].map((name) => [...(CSS.highlights.get(name) ?? [])].map(String)),
  );
  expect(marked).toEqual([["visual", "latent"], ["진짜"]]);
  const box = await page.locator("[data-passage]").boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeLessThan(500);
  await page.context().close();
});

test("without script the review, its links and the way back to the exact list are all there", async () => {
  const page = await site.open(`${review}?q=visual&org=microsoft`, { javaScriptEnabled: false });
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("Latent Sketchpad");
  expect(await page.locator(".review strong").first().textContent()).toBe("액션 헤드(Action Head)");
  const hrefs = await page
    .locator("header + .review, article header a")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const href of [
    "https://huggingface.co/papers/2510.24514",
    "https://arxiv.org/abs/2510.24514",
    "https://arxiv.org/pdf/2510.24514",
    "https://blog.example/2025-10-29-papers-review#latent-sketchpad",
  ]) {
    expect(hrefs).toContain(href);
  }
  await page.getByRole("link", { name: "Back to the results" }).click();
  expect(new URL(page.url()).search).toBe("?q=visual&org=microsoft");
  await page.context().close();
});

test("code, BibTeX and heading links are copied", async () => {
  const page = await site.open(`${review}?q=visual`, { permissions: ["clipboard-read", "clipboard-write"] });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy code" }).click();
  await expect.poll(copied).toContain("def sketch(latent)");
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect.poll(copied).toContain("@misc{2510.24514");
  await page.getByRole("link", { name: "Copy link to “학습”" }).click();
  await expect.poll(copied).toBe(`${site.url}${review}#${encodeURIComponent("latent-sketchpad-학습")}`);
  await page.context().close();
});

test("a figure enlarges and gives the focus back; a picture elsewhere says that it opens there", async () => {
  const page = await site.open(review);
  const enlarge = page.getByRole("button", { name: "Enlarge figure: 액션 헤드의 구조" });
  await enlarge.click();
  await page.getByRole("dialog", { name: "액션 헤드의 구조" }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => enlarge.evaluate((button) => document.activeElement === button)).toBe(true);
  const remote = page.locator(".remote-image");
  expect(await remote.getAttribute("target")).toBe("_blank");
  expect(await remote.getAttribute("rel")).toContain("noreferrer");
  const said = await remote.locator("span").evaluate((host) => getComputedStyle(host, "::after").content);
  expect(said).toContain("opens there, in a new tab");
  await page.context().close();
});

test("each text says its language, whatever the page's is", async () => {
  const page = await site.open(review, { javaScriptEnabled: false });
  expect(await page.getAttribute("html", "lang")).toBe("en");
  expect(await page.getAttribute(".review", "lang")).toBe("ko");
  expect(await page.getAttribute("h1", "lang")).toBe("en");
  await page.context().close();
});

test("on paper there are the review and its addresses, in black on white, and nothing of the page around it", async () => {
  const page = await site.open(`${review}?q=visual`, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(
    await page.locator(".no-print").evaluateAll((all) => all.filter((one) => one.checkVisibility()).length),
  ).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("light");
  expect(await page.getByText("https://huggingface.co/papers/2510.24514").isVisible()).toBe(true);
  expect(
    await page
      .locator(".review figure")
      .first()
      .evaluate((one) => getComputedStyle(one).breakInside),
  ).toBe("avoid");
  await page.context().close();
});

test("the contents list follows the reading", async () => {
  const page = await site.open(review, { viewport: { width: 1280, height: 600 } });
  const contents = page.getByRole("navigation", { name: "Contents" });
  await contents.getByRole("link", { name: "학습" }).click();
  await expect.poll(() => contents.locator("[aria-current]").textContent()).toBe("학습");
  await page.context().close();
});

test("previous, next and related lead on, each with a word on why", async () => {
  const page = await site.open("/papers/2025-10-29-papers-review/game-tars");
  expect(await page.locator("#related li").first().textContent()).toContain("also tagged agent");
  await page.getByRole("link", { name: /Next in this post/u }).click();
  await page.waitForURL("**/from-spatial-to-actions");
  await page.getByRole("heading", { level: 1, name: "From Spatial to Actions" }).waitFor();
  await page.context().close();
});

test("search engines get title, description, canonical address and a Review", async () => {
  const page = await site.open(`${review}?q=visual`, { javaScriptEnabled: false });
  expect(await page.title()).toContain("Latent Sketchpad");
  expect(await page.getAttribute("link[rel=canonical]", "href")).toBe(site.url + review);
  expect(await page.getAttribute("meta[property='og:type']", "content")).toBe("article");
  expect(await page.getAttribute("meta[name=description]", "content")).toContain("MLLM 모델은");
  const data: unknown = JSON.parse((await page.textContent("script[type='application/ld+json']")) ?? "");
  expect(data).toMatchObject({
    "@type": "Review",
    itemReviewed: { "@type": "ScholarlyArticle", identifier: "arXiv:2510.24514" },
  });
  await page.context().close();
});

test("an unknown review is a 404 that leads to the search", async () => {
  const page = await site.open("/papers/nothing/here", { javaScriptEnabled: false, locale: "ko-KR" });
  expect(await page.textContent("main")).toContain("그런 페이지가 없습니다.");
  await page.getByRole("link", { name: "검색으로 가기" }).click();
  expect(new URL(page.url()).pathname).toBe("/");
  await page.context().close();
});

test("a review that was read before opens offline, another says that it can't", async () => {
  const page = await site.open(review);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await page.reload();
  await page.context().setOffline(true);
  await page.reload();
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("Latent Sketchpad");
  await page.goto(`${site.url}/papers/2025-10-29-papers-review/atlas`);
  expect(await page.textContent("main")).toContain("can still be read");
  await page.context().close();
});
