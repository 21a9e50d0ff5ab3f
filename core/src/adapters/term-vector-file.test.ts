/** The file of term vectors gives back what was put in, and a damaged one gives nothing. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createHashEmbedder } from "./hash-embedder.ts";
import { readTermVectors, sweepPartials, writeTermVectors } from "./term-vector-file.ts";

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
  expect((await readTermVectors(path)).size).toBe(0);
});

it("reads a missing file, and one of another program, as empty", async () => {
  const other = join(folder, "other.bin");
  await writeFile(other, "something else");
  expect((await readTermVectors(join(folder, "none.bin"))).size).toBe(0);
  expect((await readTermVectors(other)).size).toBe(0);
});

it("goes on reading a file that is replaced meanwhile", async () => {
  const { path, vectors } = await written();
  const found = await readTermVectors(path);
  await writeTermVectors(path, new Map());
  expect(found.get("RL")).toEqual(vectors.get("RL"));
  found.close();
  expect((await readTermVectors(path)).size).toBe(0);
});

it("sweeps away what a writer that was killed has left, and nothing else", async () => {
  const { path } = await written();
  await writeFile(`${path}.4711.partial`, "half of it");
  await writeFile(join(folder, "deep", "other.bin.4711.partial"), "another file's");
  await sweepPartials(path);
  expect((await readdir(join(folder, "deep"))).sort()).toEqual(["other.bin.4711.partial", "terms.bin"]);
});
