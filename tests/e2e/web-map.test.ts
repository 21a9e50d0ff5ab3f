/** The journeys of someone who looks at the map: by pointer, by keyboard, without script. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useSite } from "./web-browser.ts";

const site = useSite();

const point = "svg a[data-point]";

async function openMap(path: string): Promise<Page> {
  const page = await site.open(path);
  await page.locator(point).waitFor({ state: "attached" });
  return page;
}

test("what is searched stays bright, the rest fades, and the table holds the same papers", async () => {
  const page = await openMap("/map?org=bytedance");
  expect(await page.locator("[role=status]").first().textContent()).toBe("2 of 60 papers");
  expect(await page.locator("svg path.dots:not(.faded)").getAttribute("d")).toMatch(/^(?:M\d+ \d+h0){2}$/u);
  expect(await page.locator("tbody tr").count()).toBe(2);
  await page.context().close();
});

test("arrow keys go from point to point, plus zooms, Enter opens", async () => {
  const page = await openMap("/map");
  await page.locator(point).focus();
  const first = await page.getAttribute(point, "aria-label");
  await page.keyboard.press("ArrowLeft");
  const second = await page.getAttribute(point, "aria-label");
  expect(second).not.toBe(first);
  expect(await page.textContent("figcaption")).toContain(second);
  await page.keyboard.press("+");
  expect(await page.locator("svg g").first().getAttribute("transform")).toContain("scale(1.5)");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: second ?? "" }).waitFor();
  await page.context().close();
});

test("Shift with an arrow picks papers, and Esc lets them go without losing the focus", async () => {
  const page = await openMap("/map");
  await page.locator(point).focus();
  await page.keyboard.down("Shift");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.up("Shift");
  await page.waitForURL("**/map?area=*");
  const picked = Number(/^\d+/u.exec((await page.locator("[role=status]").first().textContent()) ?? "")?.[0]);
  expect(picked).toBeGreaterThan(1);
  expect(picked).toBeLessThan(60);
  expect(await page.locator("tbody tr").count()).toBe(picked);
  expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-point"))).toBe(true);
  await page.keyboard.press("Escape");
  await page.waitForURL("**/map");
  expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-point"))).toBe(true);
  await page.context().close();
});

test.each(["the button", "Shift"])(
  "a lasso drawn with %s narrows to what it encloses, and can be cleared",
  async (by) => {
    const page = await openMap("/map");
    const box = await page.locator("figure > svg").boundingBox();
    if (box === null) throw new Error("The map has no place on the page.");
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    if (by === "Shift") await page.keyboard.down("Shift");
    else await page.getByRole("button", { name: "Draw around papers" }).click();
    await page.mouse.move(...at(0.3, 0.3));
    await page.mouse.down();
    for (const [x, y] of [
      [0.5, 0.2],
      [0.7, 0.3],
      [0.7, 0.7],
      [0.5, 0.8],
      [0.3, 0.7],
    ] as const)
      await page.mouse.move(...at(x, y), { steps: 4 });
    await page.mouse.up();
    if (by === "Shift") await page.keyboard.up("Shift");
    await page.waitForURL("**/map?area=*");
    const rows = await page.locator("tbody tr").count();
    expect(rows).toBeGreaterThan(3);
    expect(rows).toBeLessThan(50);
    await page.getByRole("link", { name: "Show the list" }).click();
    expect(new URL(page.url()).hash).toBe("#papers");
    await page.getByRole("link", { name: "Clear the drawing" }).click();
    await page.waitForURL((address) => !address.search.includes("area"));
    await page.context().close();
  },
);

test("the pointer finds the name of the point that it is near", async () => {
  const page = await openMap("/map");
  const ring = await page.locator(`${point} circle`).boundingBox();
  if (ring === null) throw new Error("The point has no place on the page.");
  await page.mouse.move(ring.x + ring.width / 2 + 2, ring.y + ring.height / 2);
  await expect
    .poll(() => page.textContent("figcaption a"))
    .toBe(await page.getAttribute(point, "aria-label"));
  await page.context().close();
});

test("without script there are the picture, its search, what was drawn, and the papers a page at a time", async () => {
  const page = await site.open("/map", { javaScriptEnabled: false, locale: "ko-KR" });
  expect(await page.locator("svg path.dots").count()).toBeGreaterThan(3);
  expect(await page.textContent("figure > svg")).toContain("시각 추론");
  await page.getByText("논문을 표로 보기").click();
  expect(await page.locator("tbody tr").count()).toBe(50);
  await page.getByRole("link", { name: /더 이전/u }).click();
  await page.waitForLoadState("load");
  expect(await page.locator("tbody tr").count()).toBe(10);
  await page.goto(`${site.url}/map?area=0.0.500.0.500.620.0.620`);
  expect(await page.textContent("[role=status]")).toMatch(/^논문 60편 중 \d+편$/u);
  await page.context().close();
});
