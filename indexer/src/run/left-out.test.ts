/** Files that are no posts among posts: they hold nobody up, and the index says what is wrong with them. */
import { rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { postBytesMax } from "../markdown/refuse.ts";
import { readSettled } from "./read-file.ts";
import { type Bench, createBench, postOf } from "./run-for-tests.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
  await bench.write("글.md", postOf({ Sketchpad: "머릿속에 그림을 그리며 추론한다." }));
});
afterEach(() => bench.remove());

async function giant(): Promise<string> {
  const file = join(bench.folder, "덤프.md");
  await writeFile(file, "");
  // A hole: as large as it says, and written in no time.
  await truncate(file, 64 * 1024 * 1024);
  return file;
}

it("leaves a binary and a gigantic file out, keeps their problems for doctor, and doesn't read them again", async () => {
  await bench.write("그림.mdx", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
  await giant();
  const first = await bench.run();
  expect(first.report.diagnostics.error).toBe(2);
  const { posts, papers } = await bench.ask(async (snapshot) => ({
    posts: await snapshot.posts(),
    papers: await snapshot.catalogue(),
  }));
  expect(papers.map(({ title }) => title)).toEqual(["Sketchpad"]);
  expect(
    posts.flatMap(({ diagnostics }) => diagnostics.map(({ file, code }) => [file, code])).sort(),
  ).toEqual([
    ["그림.mdx", "not-text"],
    ["덤프.md", "post-too-large"],
  ]);
  expect((await bench.run()).published).toBe(false);
});

it("takes the post in once it is one", async () => {
  await bench.write("b.md", "\0");
  await bench.run();
  await bench.write("b.md", postOf({ Late: "이제 글이다." }));
  expect((await bench.run()).report).toMatchObject({ changed: 1, diagnostics: { error: 0 } });
});

it("reads of a gigantic file no more than shows that it is", async () => {
  const file = await giant();
  expect((await readSettled(file)).length).toBe(postBytesMax + 1);
  await rm(file);
  await expect(readSettled(file)).rejects.toMatchObject({ code: "ENOENT" });
});
