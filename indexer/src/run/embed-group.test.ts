/** Tests of embedding a group: the encoder never waits for the next slice, and a failure leaves nothing running. */
import type { Embedding } from "@nonmun/core/model/chunk";
import type { Embedder } from "@nonmun/core/ports/embedder";
import { expect, it } from "vitest";
import { embedGroup } from "./embed-group.ts";
import { trackProgress } from "./progress.ts";

/** An embedder that answers when it is told to; what it was asked for lies in `asked`. */
function heldEmbedder() {
  const asked: (PromiseWithResolvers<readonly Embedding[]> & { readonly texts: readonly string[] })[] = [];
  const embed: Embedder["embed"] = (texts, _, { signal } = {}) => {
    const answer = Promise.withResolvers<readonly Embedding[]>();
    asked.push({ ...answer, texts });
    signal?.addEventListener("abort", () => answer.reject(signal.reason));
    return answer.promise;
  };
  return { asked, embed };
}

const vectorOf = (text: string): Embedding => ({ vector: Float32Array.of(Number(text)), tokens: null });
const turn = () => new Promise((resolve) => setImmediate(resolve));

function start(embed: Embedder["embed"], texts: readonly string[]) {
  const profile = { id: "held", dimensions: 1, maxTokens: 8, prefixes: { query: "", passage: "" } };
  const embedder: Embedder = {
    profile: { ...profile, pooling: "mean", fingerprint: "held" },
    countTokens: () => 1,
    embed,
    close: async () => undefined,
  };
  const progress = trackProgress(
    () => undefined,
    () => 0,
  );
  const signal = new AbortController().signal;
  const group = { entries: [], texts, stored: new Map() };
  return embedGroup({ embedder, progress, signal }, group, { known: new Map(), share: 1, before: 0 });
}

const texts = Array.from({ length: 100 }, (_, i) => `${i}`);

it("keeps two slices with the encoder, and gives each text its own vector whichever comes first", async () => {
  const { asked, embed } = heldEmbedder();
  const work = start(embed, texts);
  expect(asked).toHaveLength(2);
  for (const at of [1, 0, 3, 2]) {
    asked[at]?.resolve((asked[at]?.texts ?? []).map(vectorOf));
    await turn();
  }
  expect(asked).toHaveLength(4);
  const { embeddings, fresh } = await work;
  expect(fresh).toBe(100);
  expect(texts.map((text) => embeddings.get(text))).toEqual(texts.map(vectorOf));
});

it("ends the other slice when one fails, and asks for no more", async () => {
  const { asked, embed } = heldEmbedder();
  const work = start(embed, texts);
  asked[0]?.reject(new Error("엔진이 멈췄다"));
  await expect(work).rejects.toThrow("엔진이 멈췄다");
  await expect(asked[1]?.promise).rejects.toThrow("엔진이 멈췄다");
  expect(asked).toHaveLength(2);
});
