/** Steps that the contract of index stores takes again and again, and the posts that it takes them with. */
import type { Recipe } from "../model/manifest.ts";
import { postEntry, publishOptions, recipe, vectorAt } from "./index-store.fixtures.ts";
import type { Commit, IndexStore, PublishOptions, Snapshot } from "./index-store.ts";

/** Opens the store as another process would, at the place of the running test. */
export type NewProcess = () => Promise<IndexStore>;

export const first = postEntry({ path: "a.md", texts: ["하나 첫째", "둘 둘째"], degrees: [0, 10] });
export const second = postEntry({ path: "b.md", texts: ["셋 셋째"], degrees: [20] });
export const firstChanged = postEntry({ path: "a.md", texts: ["다른 내용"], degrees: [5] });

export async function update(
  store: IndexStore,
  commit: Commit,
  options: Pick<PublishOptions, "artifacts"> = {},
  wanted: Recipe = recipe,
): Promise<void> {
  const writer = await store.writer(wanted);
  await writer.write(commit);
  await writer.publish({ ...publishOptions, ...options });
  await writer.close();
}

export async function opened(store: IndexStore): Promise<Snapshot> {
  const snapshot = await store.open();
  if (snapshot === null) throw new Error("nothing was published");
  return snapshot;
}

/** Every chunk that a search can reach, by id. */
export async function chunkIds(snapshot: Snapshot): Promise<readonly string[]> {
  return (await snapshot.nearest(vectorAt(0), { limit: 100 })).map((hit) => hit.chunkId).sort();
}
