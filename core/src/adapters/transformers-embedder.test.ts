/** Tests of the real encoder: the contract, and that it is the model it says it is. */
import fs from "node:fs";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeEmbedder } from "../ports/embedder.contract.ts";
import { openTransformersEmbedder } from "./transformers-embedder.ts";

const own = fileURLToPath(new URL("../../../data/models/nonmun-e5-small-ko-en", import.meta.url));

describeEmbedder("multilingual-e5-small", () => openTransformersEmbedder(undefined, { threads: 1 }));

it("finds the Korean passage that answers an English question", async () => {
  const embedder = await openTransformersEmbedder(own, { threads: 1 });
  const [query] = await embedder.embed(["robots that pick up objects"], "query");
  const passages = [
    "강화학습으로 추론을 학습한다",
    "로봇 팔로 물건을 집는 방법",
    "다국어 데이터의 스케일링 법칙",
  ];
  const made = await embedder.embed(passages, "passage");
  const scores = made.map(({ vector }) =>
    vector.reduce((sum, value, i) => sum + value * (query?.vector[i] ?? 0), 0),
  );
  expect(scores.indexOf(Math.max(...scores))).toBe(1);
  await embedder.close();
});

it("makes no request when it opens and runs a folder", async () => {
  const request = vi.spyOn(globalThis, "fetch");
  const embedder = await openTransformersEmbedder(own, { threads: 1 });
  await embedder.embed(["논문"], "query");
  await embedder.close();
  expect(request).not.toHaveBeenCalled();
  request.mockRestore();
});

it("lets the engine read the weights, and reads them not once more", async () => {
  const streams = vi.spyOn(fs, "createReadStream");
  const embedder = await openTransformersEmbedder(own, { threads: 1 });
  await embedder.embed(["논문"], "query");
  await embedder.close();
  const read = streams.mock.calls.map(([path]) => basename(String(path)));
  expect(read).toContain("config.json");
  expect(read).not.toContain("model_q4.onnx");
  streams.mockRestore();
});

it("leaves the weights written out as floats alone for a job that is too small for them", async () => {
  const cacheFolder = await mkdtemp(join(tmpdir(), "nonmun-weights-"));
  const embedder = await openTransformersEmbedder(own, { threads: 1, weights: "expanded", cacheFolder });
  const [small] = await embedder.embed(["논문"], "passage", { jobSize: 3 });
  expect(await readdir(cacheFolder)).toEqual([]);
  const [large] = await embedder.embed(["논문"], "passage", { jobSize: 1000 });
  expect(await readdir(cacheFolder)).toEqual(["expanded"]);
  const dot = small?.vector.reduce((sum, value, i) => sum + value * (large?.vector[i] ?? 0), 0);
  expect(dot).toBeGreaterThan(0.999);
  // Back again: the floats are freed, and a job that runs in both forms at once gets both answers.
  const both = [1, 1000].map((jobSize) => embedder.embed(["논문", "글"], "passage", { jobSize }));
  expect((await Promise.all(both)).map((made) => made.length)).toEqual([2, 2]);
  await embedder.close();
  await rm(cacheFolder, { recursive: true });
});

describe("with a damaged copy of the model", () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "nonmun-model-")), "e5-copy");
    await cp(own, folder, { recursive: true });
  });
  afterEach(() => rm(join(folder, ".."), { recursive: true }));

  const open = () => openTransformersEmbedder(folder, { threads: 1 });

  it("says `model-broken` for weights that were cut off, and again at the next try", async () => {
    await writeFile(join(folder, "onnx/model_quantized.onnx"), "cut off");
    const embedder = await open();
    await expect(embedder.embed(["논문"], "query")).rejects.toMatchObject({
      code: "model-broken",
      subject: folder,
    });
    await expect(embedder.embed(["논문"], "query")).rejects.toMatchObject({ code: "model-broken" });
    expect(embedder.countTokens("논문")).toBeGreaterThan(0);
    await embedder.close();
  });

  it("says `model-missing` and names the file for a folder without weights", async () => {
    await expect(open()).rejects.toMatchObject({
      code: "model-missing",
      message: expect.stringContaining("onnx/model_quantized.onnx"),
    });
  });

  it.each(["config.json", "tokenizer.json", "tokenizer_config.json"])(
    "says `model-missing` without %s",
    async (name) => {
      await rm(join(folder, name));
      await expect(open()).rejects.toMatchObject({
        code: "model-missing",
        message: expect.stringContaining(name),
      });
    },
  );

  it.each(["config.json", "tokenizer.json", "late-interaction.json"])(
    "says `model-broken` for a %s that is no JSON",
    async (name) => {
      await writeFile(join(folder, name), "{ cut");
      await expect(open()).rejects.toMatchObject({
        code: "model-broken",
        message: expect.stringContaining(name),
      });
    },
  );
});
