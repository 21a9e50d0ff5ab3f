/** Tests of expanding weights: the numbers by hand, and the real model by its vectors. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expandWeights } from "./model-expand.ts";
import { join as joinParts, lengthField, numberField, readFields, textField } from "./protobuf-fields.ts";
import { openTransformersEmbedder } from "./transformers-embedder.ts";

let cacheFolder: string;
beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), "nonmun-expand-"));
});
afterEach(() => rm(cacheFolder, { recursive: true, force: true }));

const value = (name: string, axes: readonly number[]) => {
  const shape = axes.flatMap((size) => lengthField(1, [numberField(1, size)]));
  const tensor = [numberField(1, 1), ...lengthField(2, shape)];
  return [...textField(1, name), ...lengthField(2, lengthField(1, tensor))];
};
const weights = (name: string, type: number, dims: readonly number[], raw: Uint8Array) =>
  lengthField(5, [
    ...dims.map((size) => numberField(1, size)),
    numberField(2, type),
    ...textField(8, name),
    ...lengthField(9, [raw]),
  ]);
const setting = (name: string, integer: number) =>
  lengthField(5, [...textField(1, name), numberField(3, integer), numberField(20, 2)]);

/** One product of 32 values with 2 columns; the columns' scales are 0.5 and 2. */
function smallModel(bits = 4): Uint8Array {
  const packed = Uint8Array.from({ length: 8 * bits }, (_, i) => (i * 37) % 256);
  const product = [
    ...["x", "w", "s"].flatMap((name) => textField(1, name)),
    ...textField(2, "y"),
    ...textField(4, "MatMulNBits"),
    ...[setting("K", 32), setting("N", 2), setting("bits", bits), setting("block_size", 32)].flat(),
    ...textField(7, "com.microsoft"),
  ];
  const graph = [
    ...lengthField(1, product),
    ...textField(2, "g"),
    ...weights("w", 2, [2, 1, 4 * bits], packed),
    ...weights("s", 1, [2], new Uint8Array(Float32Array.of(0.5, 2).buffer)),
    ...lengthField(11, value("x", [1, 32])),
    ...lengthField(12, value("y", [1, 2])),
  ];
  const opsets = ["", "com.microsoft"].flatMap((domain) =>
    lengthField(8, [...textField(1, domain), numberField(2, domain === "" ? 21 : 1)]),
  );
  return joinParts([numberField(1, 10), ...lengthField(7, graph), ...opsets]);
}

describe("expandWeights", () => {
  it.each([4, 8])("gives a model that the engine computes the same with, from %i bits", async (bits) => {
    const expanded = expandWeights(smallModel(bits));
    if (expanded === null) throw new Error("The model was not expanded.");
    const input = {
      x: new Tensor(
        "float32",
        Float32Array.from({ length: 32 }, (_, i) => Math.sin(i)),
        [1, 32],
      ),
    };
    const [before, after] = await Promise.all(
      [smallModel(bits), expanded].map(async (bytes) => {
        const session = await InferenceSession.create(bytes);
        const { y } = await session.run(input);
        await session.release();
        return Array.from(y?.data ?? [], Number);
      }),
    );
    expect(after).toEqual(before?.map((number) => expect.closeTo(number, 3)));
    expect(Math.abs(Number(before?.[1]))).toBeGreaterThan(0.1);
  });

  it("leaves other forms alone, and refuses what is no model", () => {
    expect(expandWeights(smallModel(2))).toBeNull();
    expect(expandWeights(joinParts(lengthField(7, textField(2, "empty"))))).toBeNull();
    expect(() => expandWeights(smallModel().subarray(0, 100))).toThrow(RangeError);
    expect(() => expandWeights(new TextEncoder().encode("not a model"))).toThrow(RangeError);
    expect(() => expandWeights(new Uint8Array())).toThrow(RangeError);
  });

  it("passes on fields that it doesn't know", () => {
    const extended = joinParts([smallModel(), ...textField(6, "a note")]);
    const fields = readFields(expandWeights(extended) ?? new Uint8Array());
    expect(
      fields.filter(({ index }) => index === 6).map(({ bytes }) => new TextDecoder().decode(bytes)),
    ).toEqual(["a note"]);
  });
});

describe("an embedder with expanded weights", () => {
  const text = "강화학습으로 추론을 가르친다 (RL)";

  it("gives the vectors of the stored ones, and makes its file once", async () => {
    const stored = await openTransformersEmbedder(undefined, { threads: 1 });
    const expected = (await stored.embed([text], "passage"))[0]?.vector;
    await stored.close();
    for (const _ of ["made", "found"]) {
      const embedder = await openTransformersEmbedder(undefined, {
        threads: 1,
        cacheFolder,
        weights: "expanded",
      });
      expect(embedder.profile).toEqual(stored.profile);
      const [made] = await embedder.embed([text], "passage");
      const cosine = made?.vector.reduce((sum, component, i) => sum + component * (expected?.[i] ?? 0), 0);
      expect(cosine).toBeGreaterThan(0.999);
      await embedder.close();
    }
    const kept = join(cacheFolder, "expanded", stored.profile.fingerprint);
    expect(await readdir(join(kept, "onnx"))).toEqual(["model.onnx"]);
    expect((await readFile(join(kept, "onnx/model.onnx"))).length).toBeGreaterThan(90e6);
  });

  it("goes on with the stored weights where the cache can't be written", async () => {
    const nowhere = join("/dev/null", "cache");
    const embedder = await openTransformersEmbedder(undefined, {
      threads: 1,
      cacheFolder: nowhere,
      weights: "expanded",
    });
    expect(await embedder.embed([text], "passage")).toHaveLength(1);
    await embedder.close();
  });
});
