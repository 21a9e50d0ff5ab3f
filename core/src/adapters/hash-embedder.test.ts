/** Tests of the hash embedder: the contract, and what tests build on. */
import { expect, it } from "vitest";
import { describeEmbedder } from "../ports/embedder.contract.ts";
import { createHashEmbedder } from "./hash-embedder.ts";

describeEmbedder("hash embedder", async () => createHashEmbedder());

it("keeps an inflected Korean word near its stem", async () => {
  const [stem, inflected, other] = await createHashEmbedder().embed(
    ["논문", "논문에서의", "로봇팔을"],
    "passage",
  );
  const similarity = (a?: Float32Array, b?: Float32Array) =>
    a?.reduce((sum, value, i) => sum + value * (b?.[i] ?? 0), 0);
  expect(similarity(stem?.vector, inflected?.vector)).toBeGreaterThan(
    (similarity(stem?.vector, other?.vector) ?? 1) + 0.2,
  );
});

it("has another fingerprint for other dimensions", () => {
  const fingerprints = [64, 128].map((dimensions) => createHashEmbedder({ dimensions }).profile.fingerprint);
  expect(new Set(fingerprints).size).toBe(2);
});
