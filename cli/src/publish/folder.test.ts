/** Publishing into a folder: what is not ours is safe, what is unchanged is untouched, what fails changes nothing. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refuseForeign, writeFolder } from "./folder.ts";

let base = "";
let folder = "";
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "nonmun-folder-"));
  folder = join(base, "사이트");
});
afterEach(() => rm(base, { recursive: true, force: true }));

const site = (files: Readonly<Record<string, string>>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));

test("a second publication writes what changed, removes what is gone, and keeps what others put there", async () => {
  await writeFolder(folder, site({ "index.html": "a", "papers/글/index.html": "b", "old/x.html": "c" }));
  await writeFile(join(folder, "CNAME"), "me.example");
  const before = await stat(join(folder, "index.html"));
  const done = await writeFolder(folder, site({ "index.html": "a", "papers/글/index.html": "d" }));
  expect(done).toEqual({ written: 1, unchanged: 1, removed: 1 });
  expect(await readFile(join(folder, "papers/글/index.html"), "utf8")).toBe("d");
  expect((await stat(join(folder, "index.html"))).mtimeMs).toBe(before.mtimeMs);
  expect((await readdir(folder)).sort()).toEqual([
    ".nonmun-publication.json",
    "CNAME",
    "index.html",
    "papers",
  ]);
  expect(await readdir(base)).toEqual(["사이트"]);
});

test("a folder with something else in it is refused, with what to do", async () => {
  await mkdir(folder);
  await writeFile(join(folder, "thesis.tex"), "…");
  await expect(refuseForeign(folder)).rejects.toMatchObject({ code: "usage", subject: folder });
});

test("an empty folder, none, and an earlier publication are taken", async () => {
  await refuseForeign(folder);
  await writeFolder(folder, site({ "index.html": "a" }));
  await refuseForeign(folder);
});

test("a place that can't be written fails in words and leaves the publication that was there", async () => {
  await writeFolder(folder, site({ "index.html": "a" }));
  const impossible = site({ "index.html": "b", [`${"가".repeat(200)}.html`]: "c" });
  await expect(writeFolder(folder, impossible)).rejects.toMatchObject({ code: "storage" });
  expect(await readFile(join(folder, "index.html"), "utf8")).toBe("a");
  expect(await readdir(base)).toEqual(["사이트"]);
});

test("a list that was changed by hand removes nothing outside of the folder", async () => {
  await writeFile(join(base, "mine.txt"), "x");
  await writeFolder(folder, site({ "index.html": "a" }));
  await writeFile(join(folder, ".nonmun-publication.json"), JSON.stringify({ files: ["../mine.txt"] }));
  await writeFolder(folder, site({ "index.html": "a" }));
  expect(await readFile(join(base, "mine.txt"), "utf8")).toBe("x");
});
