/** Resident memory of `nonmun index`: below the bound that is promised, whatever there is to index. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Rounds, writeRound } from "./posts.ts";
import { below, flagsOf, type IndexJson, type Places, type Running, startAsPeopleDo } from "./process.ts";
import { childOf, isMemoryTold, mostResidentMb } from "./resident.ts";

/** `npm run faults` asks for more, of a corpus of 101 posts where there is one. */
const copies = Number(process.env.NONMUN_FAULT_COPIES ?? 1);
/** In MB: what indexing promises (docs/operations.md), and what chance adds to a run. */
const most = 1000;
const chance = 150;
const corpus = fileURLToPath(new URL("../../../shared/corpus/ko-notes", import.meta.url));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-indexing-memory-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// Only Linux tells a process's memory under /proc.
it.skipIf(!isMemoryTold)(
  `takes less than ${most} MB, and no more for ${copies} times as many posts`,
  async () => {
    const posts = await readPosts();
    const once = await mostWhileIndexing(posts, 1);
    expect(once).toBeLessThan(most);
    if (copies === 1) return;
    const often = await mostWhileIndexing(posts, copies);
    expect(often).toBeLessThan(most);
    expect(often).toBeLessThan(once + chance);
  },
  60_000 + 60_000 * copies,
);

/** Texts of posts by name. */
type Posts = ReadonlyMap<string, string>;

async function readPosts(): Promise<Posts> {
  const isLong = copies > 1;
  const own = join(folder, "posts");
  if (!isLong || !existsSync(corpus)) await writeRound(own, 1, new Map() as Rounds, 24);
  const place = existsSync(own) ? own : corpus;
  const names = (await readdir(place)).filter((name) => /\.mdx?$/u.test(name));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(place, name), "utf8")] as const)),
  );
}

async function mostWhileIndexing(posts: Posts, times: number): Promise<number> {
  const places = below(folder, `times-${times}`);
  await writeCopies(places, posts, times);
  const running = startAsPeopleDo(["index", "--json", ...flagsOf(places)]);
  const seen = await mostUntilItEnds(running);
  const { code, stdout, stderr } = await running.ended;
  expect(code, stderr).toBe(0);
  const { report } = JSON.parse(stdout) as IndexJson;
  expect(report.added).toBe(times * posts.size);
  process.stdout.write(`${report.embedded} chunks embedded  ${seen.toFixed(0)} MB at most\n`);
  return seen;
}

/** Lines of prose; not front matter, code or components. */
const paragraphs = /^(?:[-*] )?[\p{Script=Hangul}\d].{20,}$/gmu;

/** Each copy says something else in each paragraph, so that chunks with prose in them are embedded anew. */
async function writeCopies({ content }: Places, posts: Posts, times: number): Promise<void> {
  await mkdir(content, { recursive: true });
  for (const [name, text] of posts) {
    for (let copy = 0; copy < times; copy++) {
      const ending = extname(name);
      const changed = text.replace(paragraphs, (line) => `${line} 사본 ${copy}`);
      await writeFile(join(content, `${name.slice(0, -ending.length)}-${copy}${ending}`), changed);
    }
  }
}

async function mostUntilItEnds({ child, ended }: Running): Promise<number> {
  let seen = 0;
  let over = false;
  ended.then(() => {
    over = true;
  });
  while (!over) {
    try {
      seen = Math.max(seen, await mostResidentMb(await childOf(child.pid ?? 0)));
    } catch {
      // It is not there yet, or no more.
    }
    await wait(50);
  }
  return seen;
}
