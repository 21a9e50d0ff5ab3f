/** The means of the lexicon's descriptions that lie in the repository are those of its text and of the embedded model. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readTermVectors, termVectorFileName } from "@nonmun/core/adapters/term-vector-file";
import { openTransformersEmbedder } from "@nonmun/core/adapters/transformers-embedder";
import type { TokenVectors } from "@nonmun/core/model/chunk";
import { storedMean } from "@nonmun/core/search/concepts";
import { descriptionsOf, parseLexicon } from "@nonmun/core/search/lexicon";
import { expect, it } from "vitest";

const folder = new URL("../data/lexicon/", import.meta.url);
const advice = "Make them again: node scripts/build-lexicon-means.ts";
/** Every so many descriptions, one is encoded anew: all of them take a minute. */
const sampled = 500;

it("has a mean of every description, as the model makes it now", async () => {
  const text = await readFile(new URL("concepts.txt", folder), "utf8");
  const descriptions = descriptionsOf(parseLexicon([{ name: "concepts.txt", text }]));
  const embedder = await openTransformersEmbedder();
  try {
    const file = new URL(termVectorFileName("means", embedder.profile), folder);
    const means = await readTermVectors(fileURLToPath(file));
    expect(
      descriptions.filter((description) => means.get(description) === undefined),
      advice,
    ).toEqual([]);
    const some = descriptions.filter((_, at) => at % sampled === 0);
    for (const [at, { tokens }] of (await embedder.embed(some, "query")).entries()) {
      const kept = means.get(some[at] ?? "");
      const closeness = tokens === null || kept === undefined ? 0 : cosine(kept, storedMean(tokens));
      expect(closeness, `${some[at]}: ${advice}`).toBeGreaterThan(0.99);
    }
  } finally {
    await embedder.close();
  }
}, 60_000);

function cosine(one: TokenVectors, other: TokenVectors): number {
  const dot = (left: TokenVectors, right: TokenVectors) =>
    left.values.reduce((sum, value, at) => sum + value * (right.values[at] ?? 0), 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}
