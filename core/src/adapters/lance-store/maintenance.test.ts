/** Many small updates leave an index that is small, quick and the same as one made at once. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { postEntry, publishOptions, recipe } from "../../ports/index-store.fixtures.ts";
import type { IndexStore, PostEntry } from "../../ports/index-store.ts";
import { boundsOf } from "./maintenance.ts";
import { openLanceStore } from "./open.ts";

async function update(store: IndexStore, put: readonly PostEntry[]): Promise<void> {
  const writer = await store.writer(recipe);
  await writer.write({ put, remove: [] });
  await writer.publish(publishOptions);
  await writer.close();
}

const words = ["보상", "정책", "가치", "diffusion", "추론", "latent", "그림"];
const version = (post: number, round: number): PostEntry =>
  postEntry({
    path: `${post}.md`,
    texts: [0, 1, 2].map((i) => `${words[(post + i * round) % 7]} ${words[(post + round) % 7]} 글 ${post}`),
    degrees: [post, post + round, 3 * round],
  });

it("ranks after one small update like an index made at once: what was replaced counts no more", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-replaced-"));
  // One post in 30: fewer rows than LanceDB compacts for, which left the old ones in the statistics.
  const posts = Array.from({ length: 30 }, (_, post) => version(post, 0));
  const updated = await openLanceStore(join(folder, "updated"));
  await update(updated, posts);
  await update(updated, [version(3, 5)]);
  const fresh = await openLanceStore(join(folder, "fresh"));
  await update(fresh, posts.with(3, version(3, 5)));
  const [left, right] = [await updated.open(), await fresh.open()];
  for (const text of words) {
    expect(await left?.match(text, { limit: 50 })).toEqual(await right?.match(text, { limit: 50 }));
  }
  await updated.close();
  await fresh.close();
  await rm(folder, { recursive: true });
}, 60_000);

it("answers after 36 updates like an index made at once, score by score, with few files", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-updates-"));
  const posts = Array.from({ length: 6 }, (_, post) => post);
  const updated = await openLanceStore(join(folder, "updated"), { readerGraceMs: 0 });
  await update(
    updated,
    posts.map((post) => version(post, 0)),
  );
  for (let round = 1; round <= 6; round++) {
    for (const post of posts) await update(updated, [version(post, round)]);
  }
  const fresh = await openLanceStore(join(folder, "fresh"));
  await update(
    fresh,
    posts.map((post) => version(post, 6)),
  );

  const [left, right] = [await updated.open(), await fresh.open()];
  for (const text of [...words, "정책 diffusion 글"]) {
    expect(await left?.match(text, { limit: 50 })).toEqual(await right?.match(text, { limit: 50 }));
  }
  expect(await left?.documentFrequencies()).toEqual(await right?.documentFrequencies());
  expect(left?.manifest.counts).toEqual(right?.manifest.counts);

  const tables = (await readdir(join(folder, "updated"))).filter((name) => name.endsWith(".lance"));
  for (const table of tables) {
    const files = (await readdir(join(folder, "updated", table), { recursive: true })).filter((file) =>
      file.startsWith("data/"),
    );
    // 37 publishes add a file each to most tables; what is compacted leaves when no kept generation names it.
    expect(files.length, table).toBeLessThan(table.startsWith("embeddings") ? 80 : 30);
  }
  await updated.close();
  await fresh.close();
  await rm(folder, { recursive: true });
}, 120_000);

it("lets a table fall into more pieces the larger it is: a row saved rewrites no more of it", () => {
  const small = boundsOf("embeddings", 900);
  const large = boundsOf("embeddings", 900_000);
  expect(small).toEqual(boundsOf("embeddings", 0));
  const rewritten = (rows: number): number => rows / boundsOf("embeddings", rows).fragments;
  expect(rewritten(900_000)).toBeLessThanOrEqual(2 * rewritten(9000));
  expect(large.commits).toBeGreaterThan(small.commits);
});
