/** The file of term vectors gives back what was put in, and a damaged one gives nothing. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createHashEmbedder } from "./hash-embedder.ts";
import { readTermVectors, writeTermVectors } from "./term-vector-file.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-terms-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function written() {
  const terms = ["강화학습", "reinforcement learning", "RL"];
  const embeddings = await createHashEmbedder().embed(terms, "query");
  const vectors = new Map(
    terms.flatMap((term, index) => {
      const tokens = embeddings[index]?.tokens;
      return tokens === null || tokens === undefined ? [] : [[term, tokens] as const];
    }),
  );
  const path = join(folder, "deep", "terms.bin");
  await writeTermVectors(path, vectors);
  return { path, vectors };
}

it("gives back the vectors that were written", async () => {
  const { path, vectors } = await written();
  const found = await readTermVectors(path);
  expect([vectors.size, found.size]).toEqual([3, 3]);
  for (const [term, tokens] of vectors) expect(found.get(term)).toEqual(tokens);
  expect(found.get("없는 말")).toBeUndefined();
  expect([found.has("RL"), found.has("없는 말")]).toEqual([true, false]);
});

it("reads a file that was cut off as empty", async () => {
  const { path } = await written();
  const whole = await readFile(path);
  await writeFile(path, whole.subarray(0, whole.length - 5));
  expect(await readTermVectors(path)).toEqual(new Map());
});

it("reads a missing file, and one of another program, as empty", async () => {
  const other = join(folder, "other.bin");
  await writeFile(other, "something else");
  expect(await readTermVectors(join(folder, "none.bin"))).toEqual(new Map());
  expect(await readTermVectors(other)).toEqual(new Map());
});
