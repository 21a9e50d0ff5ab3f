/** Tests of embedding a group: what is embedded, what is taken from groups before it, and what a failure leaves. */
import type { Embedding } from "@nonmun/core/model/chunk";
import type { Embedder } from "@nonmun/core/ports/embedder";
import { expect, it } from "vitest";
import { type EmbeddingGroup, embedGroup } from "./embed-group.ts";
import { trackProgress } from "./progress.ts";

/** An embedder that answers when it is told to; what it was asked for lies in `asked`. */
function heldEmbedder() {
  const asked: (PromiseWithResolvers<readonly Embedding[]> & {
    readonly texts: readonly string[];
    readonly jobSize: number | undefined;
  })[] = [];
  const embed: Embedder["embed"] = (texts, _, { signal, jobSize } = {}) => {
    const answer = Promise.withResolvers<readonly Embedding[]>();
    asked.push({ ...answer, texts, jobSize });
    signal?.addEventListener("abort", () => answer.reject(signal.reason));
    return answer.promise;
  };
  const profile = { id: "held", dimensions: 1, maxTokens: 8, prefixes: { query: "", passage: "" } };
  const embedder: Embedder = {
    profile: { ...profile, pooling: "mean", fingerprint: "held" },
    countTokens: () => 1,
    embed,
    close: async () => undefined,
  };
  const answer = (call: number): void => asked[call]?.resolve(asked[call].texts.map(vectorOf));
  return { asked, answer, embedder };
}

const vectorOf = (text: string): Embedding => ({ vector: Float32Array.of(Number(text)), tokens: null });

interface Given {
  readonly stored?: readonly string[];
  readonly before?: readonly EmbeddingGroup[];
  readonly stopped?: AbortSignal;
}

function start(embedder: Embedder, texts: readonly string[], given: Given = {}): EmbeddingGroup {
  const { stored = [], before = [], stopped = new AbortController().signal } = given;
  const progress = trackProgress(
    () => undefined,
    () => 0,
  );
  const group = { entries: [], texts, stored: new Map(stored.map((text) => [text, vectorOf(text)])) };
  const jobSize = (fresh: number) => 10 * fresh;
  return embedGroup({ embedder, progress, signal: stopped }, group, { before, jobSize });
}

it("asks at once for what is not stored, as a part of the whole job, and gives every text its own vector", async () => {
  const { asked, answer, embedder } = heldEmbedder();
  const group = start(embedder, ["1", "2", "3", "4"], { stored: ["2"] });
  expect(asked.map(({ texts, jobSize }) => ({ texts, jobSize }))).toEqual([
    { texts: ["1", "3", "4"], jobSize: 30 },
  ]);
  answer(0);
  expect(group.fresh).toEqual(["1", "3", "4"]);
  expect(await group.embeddings).toEqual(new Map(["2", "1", "3", "4"].map((text) => [text, vectorOf(text)])));
});

it("takes what a group before it has from there, though that is still with the encoder", async () => {
  const { asked, answer, embedder } = heldEmbedder();
  const first = start(embedder, ["1", "2"]);
  const second = start(embedder, ["2", "3"], { before: [first] });
  expect(asked.map(({ texts }) => texts)).toEqual([["1", "2"], ["3"]]);
  answer(1);
  answer(0);
  expect(await second.embeddings).toEqual(new Map(["3", "2"].map((text) => [text, vectorOf(text)])));
});

it("asks for nothing when everything is known", async () => {
  const { asked, embedder } = heldEmbedder();
  const group = start(embedder, ["1"], { stored: ["1"] });
  expect([...(await group.embeddings).keys()]).toEqual(["1"]);
  expect(asked).toEqual([]);
});

it("fails when the encoder does, and when a group before it does", async () => {
  const { asked, answer, embedder } = heldEmbedder();
  const first = start(embedder, ["1"]);
  const second = start(embedder, ["1", "2"], { before: [first] });
  answer(1);
  asked[0]?.reject(new Error("엔진이 멈췄다"));
  await expect(first.embeddings).rejects.toThrow("엔진이 멈췄다");
  await expect(second.embeddings).rejects.toThrow("엔진이 멈췄다");
});

it("asks for nothing once the run is stopped", async () => {
  const { asked, embedder } = heldEmbedder();
  const group = start(embedder, ["1"], { stopped: AbortSignal.abort() });
  await expect(group.embeddings).rejects.toMatchObject({ code: "cancelled" });
  expect(asked).toEqual([]);
});
