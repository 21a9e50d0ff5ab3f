/** Takes the screenshots of README and docs: `npm run screenshots [-- FOLDER OF POSTS]`. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { chromiumFlags, findChromium } from "../tests/e2e/chromium.ts";
import { startProduct } from "../tests/e2e/product.ts";

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly locale: "ko-KR" | "en-US";
  readonly scheme: "light" | "dark";
}

const query = "/?q=visual+latent+reasoning";
const review = "/papers/2025-10-29-papers-review/latent-sketchpad?q=visual+latent+reasoning";
/** A piece of the map that someone drew, in units of the picture. */
const drawn = "/map?area=520.60.760.40.900.180.880.360.700.420.540.300";
const shots: readonly Shot[] = [
  { name: "search", path: query, width: 1200, height: 760, locale: "en-US", scheme: "light" },
  { name: "search-ko-dark", path: query, width: 1200, height: 760, locale: "ko-KR", scheme: "dark" },
  { name: "review", path: review, width: 1200, height: 900, locale: "en-US", scheme: "light" },
  { name: "phone", path: "/", width: 390, height: 844, locale: "ko-KR", scheme: "light" },
  { name: "map", path: "/map", width: 1200, height: 860, locale: "en-US", scheme: "light" },
  { name: "map-drawn-ko-dark", path: drawn, width: 1200, height: 860, locale: "ko-KR", scheme: "dark" },
];

const [content] = process.argv.slice(2);
const folder = fileURLToPath(new URL("../docs/images", import.meta.url));
await mkdir(folder, { recursive: true });
const product = await startProduct(content === undefined ? {} : { content });
const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumFlags] });
try {
  for (const { name, path, width, height, locale, scheme } of shots) {
    const context = await browser.newContext({ viewport: { width, height }, locale, colorScheme: scheme });
    const page = await context.newPage();
    await page.goto(product.url + path, { waitUntil: "networkidle" });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await product.close();
}
