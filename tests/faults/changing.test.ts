/** Posts that are written while a run reads them: nothing mixed is served, and in the end nothing is stale. */
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pathOf, writePost } from "./posts.ts";
import { below, indexed, type Places, startWatch } from "./process.ts";
import { servedRounds, wholeIndex } from "./served.ts";

const posts = 8;
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-changing-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeAll(content: string, round: number): Promise<void> {
  for (let post = 0; post < posts; post++) await writePost(content, pathOf(post), round);
}

/** Writes one post again and again as a slow editor does: emptied first, then line by line. Returns how often it did. */
async function keepRewriting(content: string, path: string, stopped: () => boolean): Promise<number> {
  const file = join(content, path);
  const lines = (await readFile(file, "utf8")).split("\n");
  for (let round = 2; ; round++) {
    const handle = await open(file, "w");
    for (const line of lines) await handle.write(`${line.replace(/round\d+/gu, `round${round}`)}\n`);
    await handle.close();
    if (stopped()) return round;
  }
}

async function expectLikeUndisturbed(places: Places): Promise<void> {
  const undisturbed = { ...places, index: `${places.index}-undisturbed` };
  await indexed(undisturbed);
  expect(await wholeIndex(places.index)).toEqual(await wholeIndex(undisturbed.index));
}

it("by hand: the next run reads again what changed under the last one, and ends like an undisturbed one", async () => {
  const places = below(folder, "by-hand");
  await writeAll(places.content, 1);
  let over = false;
  const rewriting = keepRewriting(places.content, pathOf(3), () => over);
  const first = await indexed(places);
  over = true;
  const last = await rewriting;
  expect(last).toBeGreaterThan(2);
  const second = await indexed(places);
  expect([first.report.added, second.report.added + second.report.changed]).toEqual([posts, 1]);
  expect((await servedRounds(places.index)).get(pathOf(3))).toBe(last);
  await expectLikeUndisturbed(places);
}, 90_000);

it("under watch: what changed while it was read is read again by itself", async () => {
  const places = below(folder, "watched");
  await writeAll(places.content, 1);
  const run = startWatch(places);
  try {
    let over = false;
    const rewriting = keepRewriting(places.content, pathOf(3), () => over);
    await run.reached((progress) => progress.phase === "done");
    over = true;
    const last = await rewriting;
    await expect
      .poll(async () => (await servedRounds(places.index)).get(pathOf(3)), { timeout: 60_000, interval: 200 })
      .toBe(last);
  } finally {
    run.child.kill("SIGTERM");
    await run.ended;
  }
  await expectLikeUndisturbed(places);
}, 120_000);
