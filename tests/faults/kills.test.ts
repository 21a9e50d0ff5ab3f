/** SIGKILL at random moments of a run: what is served is the old state or the new one, and in the end nothing is lost. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Rounds, writeRound } from "./posts.ts";
import { below, indexed, kill, startWatch } from "./process.ts";
import { randomFrom } from "./random.ts";
import { servedRounds, wholeIndex } from "./served.ts";

/** `npm run faults` asks for more. */
const kills = Number(process.env.NONMUN_FAULT_KILLS ?? 5);
const seed = Number(process.env.NONMUN_FAULT_SEED ?? 20251029);
const posts = 12;
const phases = ["reading", "embedding", "writing", "done"] as const;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-kills-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it(
  `serves the old or the new state after each of ${kills} kills, and ends like an undisturbed run`,
  async () => {
    const places = below(folder, "killed");
    const random = randomFrom(seed);
    let content: Rounds = new Map();
    let served: Rounds = new Map();
    let published = 0;
    for (let round = 1; round <= kills; round++) {
      content = await writeRound(places.content, round, content, posts);
      const phase = phases[Math.floor(random() * phases.length)] ?? "reading";
      const delay = Math.floor(random() * (phase === "embedding" ? 1000 : 400));
      const run = startWatch(places);
      await run.reached((progress) => progress.phase === phase);
      await pause(delay);
      await kill(run);

      const now = await servedRounds(places.index);
      const where = `seed ${seed}, kill ${round}: ${delay} ms after ${phase}`;
      expect([asText(served), asText(content)], where).toContain(asText(now));
      if (asText(now) === asText(content)) published += 1;
      served = now;
    }
    process.stdout.write(`${kills} kills, ${published} of them after the new state was published\n`);

    await indexed(places);
    const undisturbed = { ...places, index: join(folder, "undisturbed") };
    await indexed(undisturbed);
    expect(asText(await servedRounds(places.index))).toBe(asText(content));
    expect(await wholeIndex(places.index)).toEqual(await wholeIndex(undisturbed.index));
    // A lock left behind by the dead, or a row that never ends: either would make this run do something.
    expect(await indexed(places)).toMatchObject({ published: false, report: { embedded: 0 } });
  },
  60_000 + kills * 15_000,
);

it("keeps the embeddings of an interrupted first run", async () => {
  const places = below(folder, "first");
  // More than the first group of 16 chunks, so that one is stored before the kill.
  await writeRound(places.content, 1, new Map(), 56);
  const run = startWatch(places);
  await run.reached((progress) => progress.phase === "embedding" && progress.done > 0);
  await kill(run);
  expect((await servedRounds(places.index)).size).toBe(0);
  const { report } = await indexed(places);
  expect(report.embedded).toBeGreaterThan(0);
  expect(report.embedded).toBeLessThanOrEqual(56 * 3 - 16);
  expect((await servedRounds(places.index)).size).toBe(56);
}, 120_000);

function asText(rounds: Rounds): string {
  return [...rounds]
    .map(([path, round]) => `${path} ${round}`)
    .sort()
    .join("\n");
}
