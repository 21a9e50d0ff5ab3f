/** The loader of pictures: what it finds, and that it reads nothing from outside the content folder. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAssetLoader, imageType } from "./load-asset.ts";

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
let outside: string;
let content: string;

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), "nonmun-assets-"));
  content = join(outside, "posts");
  mkdirSync(join(content, "글", "asset"), { recursive: true });
  mkdirSync(join(content, "static"));
});

afterEach(() => rmSync(outside, { recursive: true }));

const load = (path: string) => createAssetLoader(content, "글/post.mdx")(path);

test("a picture beside the post gets an id made of its bytes, and its type by its first bytes", async () => {
  writeFileSync(join(content, "글", "asset", "a.jpg"), png);
  expect(await load("./asset/a.jpg")).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{32}\.png$/u),
    mediaType: "image/png",
    bytes: png,
  });
});

test.each([
  ["./Fig%201.png", "글/Fig 1.png"],
  ["Fig 1.png?raw=true", "글/Fig 1.png"],
  ["asset\\a.png", "글/asset/a.png"],
  ["/img.png", "img.png"],
  ["/img.png", "static/img.png"],
  ["@site/static/img.png", "static/img.png"],
  ["../위.png", "위.png"],
  ["100%.png", "글/100%.png"],
])("%s finds %s", async (written, file) => {
  writeFileSync(join(content, file), png);
  expect(await load(written)).toMatchObject({ bytes: png });
});

test("a name that macOS decomposed is found by its composed spelling, and the other way round", async () => {
  writeFileSync(join(content, "글", "그림.png".normalize("NFD")), png);
  writeFileSync(join(content, "글", "표.png".normalize("NFC")), png);
  expect(await load("그림.png".normalize("NFC"))).toMatchObject({ bytes: png });
  expect(await load("표.png".normalize("NFD"))).toMatchObject({ bytes: png });
});

test.each([
  "../../secret.png",
  "..%2f..%2fsecret.png",
  "..\\..\\secret.png",
  "/../secret.png",
  "@site/../secret.png",
  "./link.png",
  "./linked/secret.png",
  "a\0.png",
  "",
  ".",
])("%j reads nothing from outside the content folder", async (path) => {
  writeFileSync(join(outside, "secret.png"), png);
  symlinkSync(join(outside, "secret.png"), join(content, "글", "link.png"));
  symlinkSync(outside, join(content, "글", "linked"));
  expect(await load(path)).toMatchObject({ missing: expect.any(String) });
});

test("a link within the content folder is followed", async () => {
  writeFileSync(join(content, "a.png"), png);
  symlinkSync(join(content, "a.png"), join(content, "글", "b.png"));
  expect(await load("b.png")).toMatchObject({ bytes: png });
});

test("why there is no picture is said, and which file may be meant", async () => {
  const loadSmall = createAssetLoader(content, "글/post.mdx", { maxBytes: 5 });
  writeFileSync(join(content, "글", "large.png"), png);
  writeFileSync(join(content, "글", "empty.png"), "");
  writeFileSync(join(content, "글", "page.png"), "<html><script>1</script>");
  writeFileSync(join(content, "글", "asset", "Img0.PNG"), png);
  symlinkSync(outside, join(content, "글", "linked"));
  expect(await loadSmall("large.png")).toEqual({ missing: "too-large", near: null });
  for (const path of ["asset", "empty.png", "page.png"])
    expect(await load(path)).toEqual({ missing: "no-picture", near: null });
  expect(await load("none.png")).toEqual({ missing: "absent", near: null });
  expect(await load("asset/img0.jpg")).toEqual({ missing: "absent", near: "Img0.PNG" });
  expect(await load("linked/a.png")).toEqual({ missing: "outside", near: null });
});

test("types are told by signatures; SVG is not a picture here", () => {
  const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  expect(imageType(bytes("\xff\xd8\xff\xe0"))).toBe("jpg");
  expect(imageType(bytes("GIF89a"))).toBe("gif");
  expect(imageType(bytes("RIFF\0\0\0\0WEBPVP8 "))).toBe("webp");
  expect(imageType(bytes("\0\0\0\x20ftypavif"))).toBe("avif");
  expect(imageType(bytes("<svg xmlns='http://www.w3.org/2000/svg'/>"))).toBeNull();
  expect(imageType(new Uint8Array())).toBeNull();
});
