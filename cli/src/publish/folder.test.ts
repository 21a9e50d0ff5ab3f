/** Publishing into a folder: what is not ours is safe, what is unchanged is untouched, what fails changes nothing. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFolder } from "./folder.ts";

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

test("a damaged list stops the publication before anything is written", async () => {
  await writeFolder(folder, site({ "index.html": "a", "old.html": "o" }));
  await writeFile(join(folder, ".nonmun-publication.json"), '{ "files": [');
  await expect(writeFolder(folder, site({ "index.html": "b" }))).rejects.toMatchObject({
    code: "storage",
    message: expect.stringContaining("is damaged"),
  });
  expect(await readFile(join(folder, "index.html"), "utf8")).toBe("a");
  expect(await readFile(join(folder, "old.html"), "utf8")).toBe("o");
});

test.each([
  ["a file of the same name", "robots.txt", "robots.txt"],
  ["a file where a folder is needed", "posts", "posts/index.html"],
  ["a folder where a file is needed", "404.html/mine.txt", "404.html"],
])("%s that Nonmun did not write is neither replaced nor removed", async (_, mine, ours) => {
  await writeFolder(folder, site({ "index.html": "a" }));
  await mkdir(dirname(join(folder, mine)), { recursive: true });
  await writeFile(join(folder, mine), "mine");
  await expect(writeFolder(folder, site({ "index.html": "b", [ours]: "n" }))).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining(ours),
  });
  expect(await readFile(join(folder, mine), "utf8")).toBe("mine");
  expect(await readFile(join(folder, "index.html"), "utf8")).toBe("a");
});

test("a folder that has taken the place of a published file stays when that file is gone", async () => {
  await writeFolder(folder, site({ "index.html": "a", "old.html": "o" }));
  await rm(join(folder, "old.html"));
  await mkdir(join(folder, "old.html"));
  await writeFile(join(folder, "old.html", "mine.txt"), "mine");
  await writeFolder(folder, site({ "index.html": "a" }));
  expect(await readFile(join(folder, "old.html", "mine.txt"), "utf8")).toBe("mine");
});

test("what a killed run was writing is gone after the next one, also when it was the first", async () => {
  await mkdir(join(folder, ".nonmun-unfinished-abc", "papers"), { recursive: true });
  await writeFile(join(folder, ".nonmun-unfinished-abc", "papers", "half.html"), "<!doc");
  await writeFolder(folder, site({ "index.html": "a" }));
  expect((await readdir(folder)).sort()).toEqual([".nonmun-publication.json", "index.html"]);
});

test("a run that was killed while it moved files is ended by the next one", async () => {
  await writeFolder(folder, site({ "index.html": "a", "old/x.html": "c" }));
  // As it is left then: a list of all names, old and new, and some of the new files.
  const files = ["index.html", "new/y.html", "new/z.html", "old/x.html"];
  await writeFile(join(folder, ".nonmun-publication.json"), JSON.stringify({ files }));
  await mkdir(join(folder, "new"));
  await writeFile(join(folder, "new", "y.html"), "y");
  const done = await writeFolder(folder, site({ "index.html": "b", "new/z.html": "z" }));
  expect(done).toEqual({ written: 2, unchanged: 0, removed: 2 });
  expect((await readdir(folder, { recursive: true })).sort()).toEqual([
    ".nonmun-publication.json",
    "index.html",
    "new",
    "new/z.html",
  ]);
});

test("a run that is stopped while it writes leaves nothing behind", async () => {
  const stopped = writeFolder(folder, site({ "index.html": "a" }), AbortSignal.abort());
  await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
  expect(await readdir(base)).toEqual([]);
});
