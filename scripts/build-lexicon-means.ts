/** Makes the means of the lexicon's descriptions again, with the embedded model: `node scripts/build-lexicon-means.ts`. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  readTermVectors,
  termVectorFileName,
  writeTermVectors,
} from "@nonmun/core/adapters/term-vector-file";
import { openWorkerEmbedder } from "@nonmun/core/adapters/worker-embedder";
import { storedMean } from "@nonmun/core/search/concepts";
import { descriptionsOf, parseLexicon } from "@nonmun/core/search/lexicon";

const folder = join(import.meta.dirname, "..", "data", "lexicon");
const concepts = join(folder, "concepts.txt");
const descriptions = descriptionsOf(
  parseLexicon([{ name: concepts, text: await readFile(concepts, "utf8") }]),
);
const embedder = await openWorkerEmbedder();
const embeddings = await embedder.embed(descriptions, "query");
const means = new Map(
  embeddings.flatMap(({ tokens }, at) =>
    tokens === null ? [] : [[descriptions[at] ?? "", storedMean(tokens)] as const],
  ),
);
const file = join(folder, termVectorFileName("means", embedder.profile));
await rm(file, { force: true });
await writeTermVectors(file, means);
process.stdout.write(`${(await readTermVectors(file)).size} means in ${file}\n`);
await embedder.close();
