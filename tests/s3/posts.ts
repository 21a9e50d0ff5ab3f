/** Posts of which every part says to which round it belongs, so that an answer mixed of two generations shows. */

import type { IndexStore, PostEntry, Snapshot } from "@nonmun/core/ports/index-store";
import { postEntry, publishOptions, recipe } from "@nonmun/core/ports/index-store.fixtures";

export function postsOf(round: number): readonly PostEntry[] {
  return Array.from({ length: 5 }, (_, post) =>
    postEntry({
      path: `글-${post}.md`,
      title: `round ${round}`,
      texts: [`본문 round${round} 하나`, `본문 round${round} 둘`],
      degrees: [post, round],
      tokenIds: [[round], [round, 1000 + round]],
      assets: [{ id: `${round}.png`, mediaType: "image/png", bytes: Uint8Array.of(round) }],
    }),
  );
}

export async function publishRound(store: IndexStore, round: number): Promise<void> {
  const writer = await store.writer(recipe);
  await writer.write({ put: postsOf(round), remove: [] });
  await writer.publish({ ...publishOptions, artifacts: async () => ({ round: Uint8Array.of(round) }) });
  await writer.close();
}

/** Every round that the snapshot's parts speak of: one, if it is whole. */
export async function roundsIn(snapshot: Snapshot): Promise<readonly number[]> {
  const titles = (await snapshot.catalogue()).map((card) => Number(card.title.split(" ")[1]));
  const found = (await snapshot.match("본문", { limit: 50 })).map((hit) => hit.chunkId);
  const texts = (await snapshot.chunks(found)).map((chunk) => Number(/round(\d+)/u.exec(chunk.text)?.[1]));
  const tokens = [...(await snapshot.tokens(found)).values()].map((vectors) => Number(vectors.ids[0]));
  const frequencies = [...(await snapshot.documentFrequencies()).keys()].map((id) => id % 1000);
  const artifact = (await snapshot.artifact("round"))?.[0] ?? -1;
  const image = (await snapshot.asset(`${artifact}.png`))?.bytes[0] ?? -1;
  if (found.length !== 10 || tokens.length !== 10 || titles.length !== 5) return [-1];
  return [...new Set([...titles, ...texts, ...tokens, ...frequencies, artifact, image])];
}
