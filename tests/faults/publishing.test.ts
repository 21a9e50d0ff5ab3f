/** Publishing that is killed or has no room: the folder holds files of the old site and of the new one, and the next run ends it. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { kill, type Running, startCommandBoundByRights, startScript } from "./process.ts";
import { siteOf } from "./published-sites.ts";
import { randomFrom } from "./random.ts";
import { onSmallDisk } from "./small-disk.ts";

/** `npm run faults` asks for more. */
const kills = Number(process.env.NONMUN_FAULT_KILLS ?? 5);
const seed = Number(process.env.NONMUN_FAULT_SEED ?? 20251029);
/** Milliseconds: about what a run takes from its beginning to its end. */
const longest = 450;
const listName = ".nonmun-publication.json";

let base = "";
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "nonmun-publishing-"));
});
afterAll(() => rm(base, { recursive: true, force: true }));

function startWriter(folder: string, round: number): Running {
  return startScript("publishing-writer.ts", [folder, String(round)]);
}

it(
  `holds whole files and a list of all of them after each of ${kills} kills, and ends like an undisturbed run`,
  async () => {
    const folder = join(base, "killed");
    const random = randomFrom(seed);
    /** Every site that may have left a file: those that were begun since one was ended. */
    let begun = [siteOf(0)];
    let ended = 0;
    for (let round = 1; round <= kills; round++) {
      const run = startWriter(folder, round);
      await new Promise((resolve) => run.child.stdout?.once("data", resolve));
      const delay = Math.floor(random() * longest);
      await pause(delay);
      const { code } = await kill(run);
      begun = code === 0 ? [siteOf(round)] : [...begun, siteOf(round)];
      if (code === 0) ended += 1;
      await expectWhole(folder, begun, `seed ${seed}, kill ${round}: after ${delay} ms`);
    }
    process.stdout.write(`${kills} kills, ${ended} of them after the run had ended\n`);
    const { code, stderr } = await startWriter(folder, kills + 1).ended;
    expect(code, stderr).toBe(0);
    expect(await contentOf(folder)).toEqual(asTexts(siteOf(kills + 1)));
  },
  60_000 + kills * 5_000,
);

it("says that the disk is full, leaves the site that was there, and publishes when there is room", async (context) => {
  const disk = join(base, "disk");
  await onSmallDisk(context, disk, 4, async () => {
    // The disk itself is the folder: nothing can be moved there from beside it.
    expect((await startWriter(disk, 1).ended).code).toBe(0);
    const filler = join(disk, "CNAME");
    await writeFile(filler, Buffer.alloc(4 * 2 ** 20)).catch(() => undefined);
    const { code, stderr } = await startWriter(disk, 2).ended;
    expect(code).toBe(1);
    expect(stderr).toContain("Make room on the disk");
    expect(stderr).toContain("Nothing that was there has changed");
    await rm(filler);
    expect(await contentOf(disk)).toEqual(asTexts(siteOf(1)));
    expect((await startWriter(disk, 2).ended).code).toBe(0);
    expect(await contentOf(disk)).toEqual(asTexts(siteOf(2)));
  });
}, 60_000);

it("says that a folder must not be written to, before it does any work", async () => {
  const folder = join(base, "read-only");
  await mkdir(folder, { mode: 0o555 });
  const { code, stderr } = await startCommandBoundByRights(["publish", folder]).ended;
  expect(code).toBe(1);
  expect(stderr).toContain("Name a folder that you may write to");
  expect(await readdir(folder)).toEqual([]);
}, 30_000);

/** Every file is one of `sites`, whole, and the list names it. What is being written lies apart. */
async function expectWhole(
  folder: string,
  sites: readonly ReadonlyMap<string, Uint8Array>[],
  where: string,
): Promise<void> {
  const found = await contentOf(folder).catch(() => new Map<string, string>());
  const list = await readFile(join(folder, listName), "utf8").catch(() => '{"files":[]}');
  const listed = new Set((JSON.parse(list) as { readonly files: readonly string[] }).files);
  const wrong = [...found].filter(
    ([path, text]) => !listed.has(path) || !sites.some((site) => String(site.get(path)) === text),
  );
  expect(
    wrong.map(([path]) => path),
    where,
  ).toEqual([]);
}

/** Texts by path; neither the list nor what a killed run was writing, which is no part of the site. */
async function contentOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => path !== listName && !path.startsWith(".nonmun-unfinished-"))
    .sort();
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const)),
  );
}

function asTexts(site: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, string> {
  return new Map(
    [...site].map(([path, content]) => [path, String(content)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
