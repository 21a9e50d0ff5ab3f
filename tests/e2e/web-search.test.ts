/** The journeys of someone who searches: with and without script, by keyboard, on a phone, in both languages. */
import { describe, expect, test } from "vitest";
import { useSite } from "./web-browser.ts";

const site = useSite();

const box = "main [data-search-box]";
const titles = "[data-result]";

describe("without script", () => {
  test("the form searches, facets narrow, and filters survive the next search", async () => {
    const page = await site.open("/", { javaScriptEnabled: false });
    await page.fill(box, "reasoning");
    await page.press(box, "Enter");
    expect(new URL(page.url()).search).toBe("?q=reasoning");
    await page.click(".facets a:has-text('google')");
    await page.fill(box, "notes");
    await page.press(box, "Enter");
    expect(new URL(page.url()).searchParams.getAll("org")).toEqual(["google"]);
    expect(await page.locator(titles).count()).toBeGreaterThan(0);
    await page.context().close();
  });

  test("the language is chosen from the browser, can be switched, and is remembered", async () => {
    const page = await site.open("/?q=reasoning", { javaScriptEnabled: false, locale: "ko-KR" });
    expect(await page.getAttribute("html", "lang")).toBe("ko");
    expect(await page.textContent("[role=status]")).toContain("리뷰");
    await page.click(".language");
    expect(new URL(page.url()).search).toBe("?q=reasoning");
    await page.goto(`${site.url}/posts`);
    expect(await page.getAttribute("html", "lang")).toBe("en");
    await page.context().close();
  });

  test("the theme is in the page before anything is drawn", async () => {
    const page = await site.open("/", { javaScriptEnabled: false });
    await page.click("a[href^='/preferences?theme=light']");
    expect(await page.getAttribute("html", "data-theme")).toBe("light");
    await page.context().close();
  });
});

describe("while typing", () => {
  test("results and address follow the box, and Back returns to the start page", async () => {
    const page = await site.open("/");
    await page.locator(box).pressSequentially("sketchpad");
    await page.waitForURL("**/?q=sketchpad");
    await expect
      .poll(() => page.locator(titles).allTextContents())
      .toEqual(["Latent Sketchpad: Sketching Visual Thoughts to Elicit Multimodal Reasoning in MLLMs"]);
    expect(await page.inputValue(box)).toBe("sketchpad");
    await page.goBack();
    await page.getByRole("heading", { name: "What did that paper say?" }).waitFor();
    expect(await page.inputValue(box)).toBe("");
    await page.context().close();
  });

  test("what was typed before the script came is searched for once it is there", async () => {
    const context = await site.context();
    const page = await context.newPage();
    const typed = Promise.withResolvers<void>();
    await page.route("**/*.js", async (route) => {
      await typed.promise;
      await route.continue();
    });
    await page.goto(site.url, { waitUntil: "commit" });
    await page.locator(box).pressSequentially("sketchpad");
    typed.resolve();
    await page.waitForURL("**/?q=sketchpad");
    await expect.poll(() => page.locator(titles).first().textContent()).toContain("Latent Sketchpad");
    expect(await page.inputValue(box)).toBe("sketchpad");
    await context.close();
  });

  test("an answer that comes late never replaces a newer one", async () => {
    const late = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    site.intercept(async (request) => {
      if (new URL(request.url).searchParams.get("q") !== "atlas" || !request.url.includes("/search"))
        return null;
      asked.resolve();
      await late.promise;
      return null;
    });
    const page = await site.open("/?q=notes");
    await page.fill(box, "atlas");
    await asked.promise;
    await page.fill(box, "game-tars");
    await page.waitForURL("**/?q=game-tars");
    late.resolve();
    await page.waitForLoadState("networkidle");
    expect(await page.locator(titles).allTextContents()).toEqual(["Game-TARS"]);
    expect(new URL(page.url()).search).toBe("?q=game-tars");
    site.intercept(null);
    await page.context().close();
  });

  test("suggestions are a listbox that arrows move through, Enter opens and Esc closes", async () => {
    const page = await site.open("/");
    await page.locator(box).pressSequentially("atlas");
    await page.getByRole("option", { name: /ATLAS/u }).waitFor();
    await page.press(box, "ArrowDown");
    expect(await page.getAttribute(box, "aria-activedescendant")).toBe("suggestions-0");
    await page.press(box, "Escape");
    expect(await page.getAttribute(box, "aria-expanded")).toBe("false");
    await page.locator(box).pressSequentially(" ");
    await page.press(box, "Backspace");
    await page.getByRole("option", { name: /ATLAS/u }).waitFor();
    await page.press(box, "ArrowDown");
    await page.press(box, "Enter");
    await page.waitForURL("**/papers/2025-10-29-papers-review/atlas");
    await page.context().close();
  });

  test("Enter that ends a Hangul composition does nothing", async () => {
    const page = await site.open("/");
    const before = page.url();
    await page.focus(box);
    const prevented = await page.locator(box).evaluate((input) => {
      const enter = new KeyboardEvent("keydown", {
        key: "Enter",
        isComposing: true,
        bubbles: true,
        cancelable: true,
      });
      input.dispatchEvent(
        new KeyboardEvent("keydown", {
          key: "ArrowDown",
          isComposing: true,
          bubbles: true,
          cancelable: true,
        }),
      );
      return !input.dispatchEvent(enter);
    });
    expect(prevented).toBe(false);
    expect(page.url()).toBe(before);
    expect(await page.locator(box).evaluate((input) => document.activeElement === input)).toBe(true);
    await page.context().close();
  });
});

describe("by keyboard", () => {
  test("slash focuses the box, arrows walk the results, Enter opens, Back restores the list", async () => {
    const page = await site.open("/?q=reasoning&shown=20");
    await page.keyboard.press("/");
    expect(await page.locator(box).evaluate((input) => document.activeElement === input)).toBe(true);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const second = await page.locator(titles).nth(1).textContent();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(second);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/papers/**");
    await page.getByRole("link", { name: "Back to the results" }).click();
    await page.waitForURL("**/?q=reasoning&shown=20");
    await expect.poll(() => page.locator(titles).count()).toBe(20);
    await page.context().close();
  });

  test("Ctrl K opens the palette on every page, also with a Korean keyboard", async () => {
    const page = await site.open("/orgs");
    await page.evaluate(() => {
      dispatchEvent(
        new KeyboardEvent("keydown", { key: "ㅏ", code: "KeyK", ctrlKey: true, cancelable: true }),
      );
    });
    const palette = page.getByRole("dialog", { name: "Go to" });
    await palette.getByRole("combobox").fill("map");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/map");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    await page.context().close();
  });
});

test("on a phone the filters are a sheet that opens with one tap", async () => {
  const page = await site.open("/?q=reasoning", { viewport: { width: 390, height: 844 }, hasTouch: true });
  expect(await page.locator(".facets").isVisible()).toBe(false);
  await page.getByRole("button", { name: "Filters" }).tap();
  await page.locator(".facets a:has-text('google')").tap();
  await page.waitForURL("**/?q=reasoning&org=google");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.context().close();
});
