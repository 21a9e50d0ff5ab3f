/** What someone who searches meets besides results: filters that come and go, nothing found, a failure, the first run. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { firstRun, useSite } from "./web-browser.ts";

const site = useSite();
const titles = "[data-result]";

describe("the focus is never lost", () => {
  const focused = (page: Page) =>
    page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName,
    );

  test("a chip that is taken off leaves it to the next one, the last one to the search box", async () => {
    const page = await site.open("/?q=reasoning&org=google&org=meta");
    await page.getByRole("link", { name: "Remove filter: google" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/?q=reasoning&org=meta");
    await expect.poll(() => focused(page)).toBe("Remove filter: meta");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/?q=reasoning");
    await expect.poll(() => focused(page)).toBe("Search the reviews");
    await page.context().close();
  });

  test("so do filters that are cleared at once, and a facet that is toggled keeps it", async () => {
    const page = await site.open("/?q=reasoning&org=google&tag=agent");
    await page.getByRole("link", { name: "Clear filters" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/?q=reasoning");
    await expect.poll(() => focused(page)).toBe("Search the reviews");
    const facet = page.locator(".facets a").first();
    const name = await facet.locator(".label").textContent();
    await facet.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/?q=reasoning&org=*");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.querySelector(".label")?.textContent))
      .toBe(name);
    await page.context().close();
  });

  test("a dialog gives it back to where it was opened", async () => {
    const page = await site.open("/posts");
    await page.getByRole("button", { name: "Go to …" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("Go to …");
    await page.context().close();
  });
});

describe("each state says what it is and has a way on", () => {
  test("several filters at once are chips that can be taken off", async () => {
    const page = await site.open("/?q=reasoning&org=google&org=meta&from=2025-01-01&to=2025-12-31");
    const chips = page.getByRole("list", { name: "Active filters" });
    await chips.getByRole("link", { name: "Remove filter: 2025" }).click();
    await page.waitForURL("**/?q=reasoning&org=google&org=meta");
    await chips.getByRole("link", { name: "Remove filter: google" }).click();
    await page.waitForURL("**/?q=reasoning&org=meta");
    await page.context().close();
  });

  test("a failed search names the reason and can be tried again", async () => {
    const page = await site.open("/?q=!fail");
    const alert = page.getByRole("alert");
    expect(await alert.textContent()).toContain("There is no index yet");
    site.intercept(async (request) => {
      return request.url.includes("fail")
        ? Response.redirect(`${site.url}/api/search?q=atlas&limit=10`)
        : null;
    });
    await alert.getByRole("link", { name: "Try again" }).click();
    await page.locator(titles).first().waitFor();
    site.intercept(null);
    await page.context().close();
  });

  test.each([
    ["/?q=reasoning+!weak", "Nothing here really answers this."],
    ["/?q=reasoning+!degraded", "results are by words only"],
    ["/?q=zzzz&org=google", "No review matches."],
    ["/?q=sketchpda", "Did you mean"],
  ])("%s", async (path, words) => {
    const page = await site.open(path);
    expect(await page.textContent("main")).toContain(words);
    await page.context().close();
  });

  test("on the Korean page everything the page itself says is Korean", async () => {
    const page = await site.open("/?q=reasoning+!meaning+!degraded&explain=1", { locale: "ko-KR" });
    expect(await page.locator(".notice").textContent()).toContain("낱말로만");
    const why = page.getByRole("region", { name: "이 결과가 나온 까닭" }).first();
    expect(await why.locator("p").allTextContents()).toEqual([
      expect.stringContaining("관련도"),
      expect.stringContaining("서로 맞은 말"),
      expect.stringContaining("같은 뜻"),
      expect.stringContaining("0.572에서 0.613"),
    ]);
    await page.context().close();
  });

  test("the first run shows how far it is, and the reviews once they are there", async () => {
    let isDone = false;
    site.intercept(async (request) => (isDone ? null : firstRun(request)));
    const page = await site.open("/");
    expect(await page.textContent("main")).toContain("3 of 9 posts are done.");
    isDone = true;
    await page.locator(titles).first().waitFor();
    site.intercept(null);
    await page.context().close();
  });

  test("why a result is there opens for that result alone", async () => {
    const page = await site.open("/?q=reasoning");
    await page.getByRole("button", { name: "Why this?" }).nth(1).click();
    await page.getByRole("region", { name: "Why this result" }).waitFor();
    expect(await page.getByRole("region", { name: "Why this result" }).count()).toBe(1);
    await page.context().close();
  });

  test("more results come on demand and stay in the address", async () => {
    const page = await site.open("/?q=reasoning");
    await page.getByRole("link", { name: "More results" }).click();
    await page.waitForURL("**/?q=reasoning&shown=20");
    await expect.poll(() => page.locator(titles).count()).toBe(20);
    await page.context().close();
  });
});
