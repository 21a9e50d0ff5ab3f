/** The golden fixtures: each `fixtures/<case>.mdx` (or `.md`) renders to the `.html` beside it. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { noAssets, oneGif, renderFixture } from "./parse-fixture.ts";
import type { AssetLoader } from "./types.ts";

const folder = new URL("./fixtures/", import.meta.url);
const cases = readdirSync(folder).filter((name) => /\.mdx?$/u.test(name));

/** The fixtures' pictures exist, but for `d.png`. */
const loadAsset: AssetLoader = async (path) => (path.endsWith("d.png") ? noAssets(path) : oneGif(path));

test.each(cases)("%s renders as its golden file says", async (name) => {
  const source = readFileSync(new URL(name, folder), "utf8");
  const { html, figures, diagnostics } = await renderFixture(source, {
    dialect: name.endsWith(".mdx") ? "mdx" : "md",
    loadAsset,
  });
  const list = figures.map(
    ({ number, status, caption }) => `<!-- figure ${number}: ${status}, ${caption} -->`,
  );
  const problems = diagnostics.map(
    ({ code, span }) => `<!-- ${code} at ${span.start.line}:${span.start.column} -->`,
  );
  const golden = [html, ...list, ...problems, ""].join("\n");
  await expect(golden).toMatchFileSnapshot(new URL(name.replace(/\.mdx?$/u, ".html"), folder).pathname);
});
