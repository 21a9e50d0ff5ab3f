/** Places for a publication: which are taken, which are refused and in what words, and that looking at them leaves no trace. */
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkPlace } from "./place.ts";

let base = "";
let folder = "";
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "nonmun-place-"));
  folder = join(base, "사이트");
});
afterEach(() => rm(base, { recursive: true, force: true }));

test("a new folder is taken, however deep, and is not made yet", async () => {
  await checkPlace(join(folder, "a", "b"));
  expect(await readdir(base)).toEqual([]);
});

test("an empty folder is taken and stays", async () => {
  await mkdir(folder);
  await checkPlace(folder);
  expect(await readdir(base)).toEqual(["사이트"]);
});

test.each([
  [".nonmun-publication.json", "an earlier publication"],
  [".git", "a fresh clone for the pages"],
  ["CNAME", "a folder with the site's own name"],
  [".nonmun-unfinished-abc", "what a killed run left"],
])("a folder with %s is taken: %s", async (name) => {
  await mkdir(folder);
  await writeFile(join(folder, name), "");
  await checkPlace(folder);
  expect(await readdir(folder)).toEqual([name]);
});

test("a folder with something else in it is refused, with what it is and what to do", async () => {
  await mkdir(folder);
  await writeFile(join(folder, "thesis.tex"), "…");
  await expect(checkPlace(folder)).rejects.toMatchObject({
    code: "usage",
    subject: folder,
    message: expect.stringContaining("thesis.tex"),
    advice: expect.stringContaining("Name a new folder"),
  });
});

test.each(["", "below", "below/it"])(
  "a file where the folder should be is wrong usage (%j)",
  async (below) => {
    const file = join(base, "논문.pdf");
    await writeFile(file, "%PDF");
    await expect(checkPlace(join(file, below))).rejects.toMatchObject({
      code: "usage",
      message: `${file} is not a folder.`,
    });
  },
);

test("a link that leads nowhere is wrong usage", async () => {
  await symlink(join(base, "nowhere"), folder);
  await expect(checkPlace(folder)).rejects.toMatchObject({ code: "usage" });
});

test("a name that no disk takes is a failure of the place, and the folders made for it are gone", async () => {
  const place = join(folder, "a", "b".repeat(300));
  await expect(checkPlace(place)).rejects.toMatchObject({ code: "storage", subject: place });
  expect(await readdir(base)).toEqual([]);
});

// Only Linux has /proc, where nobody makes a folder, whatever their rights.
test.skipIf(process.platform !== "linux")(
  "a place where no folder can be made fails in words, and at once",
  async () => {
    await expect(checkPlace("/proc/nope/x")).rejects.toMatchObject({
      code: "storage",
      message: expect.stringContaining("/proc/nope/x can't be written"),
      advice: expect.stringContaining("Name a folder where folders can be made"),
    });
  },
);
