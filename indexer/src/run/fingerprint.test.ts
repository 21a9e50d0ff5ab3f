/** Tests of the hash of a post: it changes with all that the post is made of, and with nothing else. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fingerprint } from "./fingerprint.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-fingerprint-"));
});
afterEach(() => rm(folder, { recursive: true }));

function hashOf(text: string | Uint8Array, reader = "reader 1"): Promise<string> {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  return fingerprint({ file: join(folder, "글", "post.md"), folder }, bytes, reader);
}

async function picture(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

it("is 32 hex digits, the same for the same", async () => {
  expect(await hashOf("글")).toMatch(/^[0-9a-f]{32}$/u);
  expect(await hashOf("글")).toBe(await hashOf("글"));
});

it("changes with the text, with the reader, and with a byte that no encoding has", async () => {
  const hashes = [hashOf("글"), hashOf("글 "), hashOf("글", "reader 2"), hashOf(Uint8Array.of(0xff, 0xfe))];
  expect(new Set(await Promise.all(hashes)).size).toBe(4);
});

describe("changes when a picture appears and when it gets another size", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["in Markdown", "![그림](./a.png)", "글/a.png"],
    ["in a folder above", "![그림](../img/b.webp)", "img/b.webp"],
    ["by an import", 'import a from "./asset/a.JPG";', "글/asset/a.JPG"],
    ["with a Korean name", "![그림](정확도.png)", "글/정확도.png"],
    ["whose name is stored decomposed", "![그림](정확도.png)", `글/${"정확도.png".normalize("NFD")}`],
    ["with an encoded blank", "![그림](my%20picture.png)", "글/my picture.png"],
    ["with a blank in angle brackets", "![그림](<my picture.png>)", "글/my picture.png"],
    ["with a blank in quotes", '<img src="my picture.png" />', "글/my picture.png"],
    ["with a stray percent sign", "![그림](100%.png)", "글/100%.png"],
    ["from the content folder", "![그림](/img/c.png)", "img/c.png"],
    ["from the site's static folder", "![그림](@site/img/c.png)", "static/img/c.png"],
  ];
  for (const [name, text, path] of cases) {
    it(name, async () => {
      const missing = await hashOf(text);
      await picture(path, "1");
      const small = await hashOf(text);
      await picture(path, "12");
      expect(new Set([missing, small, await hashOf(text)]).size).toBe(3);
    });
  }
});

it("changes when a picture of the same size is saved again", async () => {
  await picture("글/a.png", "1");
  await utimes(join(folder, "글/a.png"), 1000, 1000);
  const before = await hashOf("![](a.png)");
  await utimes(join(folder, "글/a.png"), 2000, 2000);
  expect(await hashOf("![](a.png)")).not.toBe(before);
});

it("stays when a picture changes that the post does not name", async () => {
  const before = await hashOf("![](a.png)");
  await picture("글/b.png", "1");
  expect(await hashOf("![](a.png)")).toBe(before);
});
