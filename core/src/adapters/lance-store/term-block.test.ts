/** BM25 in memory answers as LanceDB's does, so that it makes no difference which of them was asked. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { postEntry, publishOptions, recipe } from "../../ports/index-store.fixtures.ts";
import { openLanceStore } from "./open.ts";

const texts = [
  "시각적 잠재 추론을 위한 스케치패드",
  "강화학습에서의 보상 모델은 추론을 돕는다",
  "추론 추론 추론",
  "Reward models for reasoning with reinforcement learning",
  "언어 모델의 추론 비용을 줄이는 방법, reasoning at low cost",
  "그림을 그리며 생각하는 모델",
  "추론을 돕는 강화학습",
];
const queries = [
  "추론",
  "강화학습 보상",
  "reasoning model 추론 비용",
  "그림 그리며 생각",
  "없는낱말 xyz",
  "모델",
];

it("gives the hits, the order and the scores of the text index, ties too, after posts came and went", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-terms-"));
  try {
    const entries = texts.map((text, at) =>
      postEntry({ path: `${at}.md`, texts: [text, text], degrees: [at, at] }),
    );
    const store = await openLanceStore(folder);
    for (const commit of [
      { put: entries.slice(0, 5), remove: [] },
      { put: entries.slice(5), remove: ["1.md"] },
    ]) {
      const writer = await store.writer(recipe);
      await writer.write(commit);
      await writer.publish(publishOptions);
      await writer.close();
    }
    const looking = await (await openLanceStore(folder, { inMemoryBelow: 0 })).open();
    const remembering = await store.open();
    // The first is answered by the index in either case.
    await remembering?.match("추론", { limit: 1 });
    for (const query of queries) {
      for (const limit of [1, 3, 100]) {
        const wanted = (await looking?.match(query, { limit })) ?? [];
        const found = (await remembering?.match(query, { limit })) ?? [];
        expect(found.map((hit) => [hit.chunkId, hit.paperId])).toEqual(
          wanted.map((hit) => [hit.chunkId, hit.paperId]),
        );
        for (const [at, { score }] of wanted.entries()) expect(found[at]?.score).toBeCloseTo(score, 4);
      }
    }
    await store.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
