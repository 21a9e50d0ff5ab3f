/** Builds the adapters that the settings name: the only room where LanceDB, the encoder and the files meet. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { openEncoderPool } from "@nonmun/core/adapters/encoder-pool";
import { openLanceStore } from "@nonmun/core/adapters/lance-store/open";
import type { DownloadProgress } from "@nonmun/core/adapters/model-download";
import { createOnnxSimilarity } from "@nonmun/core/adapters/onnx-similarity";
import {
  readTermVectors,
  type StoredVectors,
  termVectorFileName,
} from "@nonmun/core/adapters/term-vector-file";
import { openWorkerEmbedder } from "@nonmun/core/adapters/worker-embedder";
import type { Config } from "@nonmun/core/config";
import { Failure } from "@nonmun/core/model/failure";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { IndexStore, Snapshot } from "@nonmun/core/ports/index-store";
import { createRanking, type Ranking } from "@nonmun/core/search/ranking";
import { home } from "./settings.ts";
import type { Terminal } from "./terminal.ts";

/** Milliseconds from a fixed point, monotonic. */
export const clock = (): number => performance.now();

/** Lets whatever waits in the event loop have its turn. */
export const pause = async (): Promise<void> => setImmediate();

/**
 * Pages of LanceDB's indices that stay in memory while indexing, which looks up keys and little else: with the 128 MB that searches
 * have, the larger an index grew the more of them were held (docs/performance.md, "Memory").
 */
const indexingCacheBytes = 32 * 2 ** 20;

export async function openStore(
  config: Config,
  terminal: Terminal,
  purpose: "searching" | "indexing" = "searching",
): Promise<IndexStore> {
  return openLanceStore(config.index, {
    ...storageAccess(),
    ...(purpose === "indexing" ? { indexCacheBytes: indexingCacheBytes } : {}),
    report: (failure) => terminal.warn(failure.message),
  });
}

/**
 * The encoder, in a thread of its own. Indexing has two of them for a large job, with weights written out as floats, which are
 * a quarter faster at equal quality (docs/performance.md). Learning beside searches leaves them the other cores.
 */
export async function openEmbedder(
  config: Config,
  terminal: Terminal,
  purpose: "searching" | "indexing" | "learning" = "searching",
): Promise<Embedder> {
  let shown = 0;
  const onProgress = ({ file, received, total }: DownloadProgress): void => {
    const percent = total === null ? 0 : Math.floor((100 * received) / total);
    terminal.bar(`Downloading ${file} ${percent} %`);
    if (!terminal.interactive && percent >= shown + 10) terminal.say(`Downloading ${file} ${percent} %`);
    shown = percent;
  };
  if (purpose === "indexing") return openEncoderPool(config.model, { onProgress });
  return openWorkerEmbedder(config.model, { onProgress, ...(purpose === "learning" ? { threads: 1 } : {}) });
}

/** Ranking with the product's glossary and lexicon, and the person's own. */
export async function openRanking(config: Config, embedder: Embedder | null): Promise<Ranking> {
  const glossary = await readGlossary(config);
  const lexicon = await readFiles("lexicon", join("lexicon", "concepts.txt"), config.lexicon);
  return createRanking({
    glossary,
    lexicon,
    embedder,
    similarity: await createOnnxSimilarity(),
    ...(embedder === null ? {} : { means: await readMeans(embedder) }),
  });
}

/** Texts of the product's glossary and the person's own. */
export async function readGlossary(config: Config): Promise<readonly string[]> {
  const files = await readFiles("glossary", join("glossary", "field.txt"), config.glossary);
  return files.map(({ text }) => text);
}

/**
 * The lexicon's descriptions as one vector each, kept in the repository for the embedded model: a query finds the nearest from the
 * first start on, and only those are encoded token by token. Nothing for another model, whose vectors are made beside the searches.
 */
async function readMeans({ profile }: Embedder): Promise<StoredVectors> {
  return readTermVectors(join(home, "data", "lexicon", termVectorFileName("means", profile)));
}

async function readFiles(setting: "glossary" | "lexicon", builtIn: string, own: string | null) {
  const paths = [join(home, "data", builtIn), ...(own === null ? [] : [own])];
  return Promise.all(paths.map(async (name) => ({ name, text: await readWords(setting, name) })));
}

/** @throws Failure `no-index` when nothing was ever indexed. */
export async function openSnapshot(store: IndexStore, config: Config): Promise<Snapshot> {
  const snapshot = await store.open();
  if (snapshot !== null) return snapshot;
  throw new Failure("no-index", `There is no index in ${config.index} yet.`, {
    advice: "Make one with: npx nonmun index",
    subject: config.index,
  });
}

/** The embedder, if it is the one that the index was made with; a query is never embedded with another. */
export function matching(embedder: Embedder, snapshot: Snapshot): Embedder | null {
  return embedder.profile.fingerprint === snapshot.manifest.recipe.model ? embedder : null;
}

function storageAccess() {
  const { env } = process;
  const storageOptions = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name.startsWith("AWS_") && value !== undefined),
  ) as Readonly<Record<string, string>>;
  const endpoint = env.AWS_ENDPOINT_URL ?? env.AWS_ENDPOINT;
  const plain = endpoint?.startsWith("http://") === true ? { allow_http: "true" } : {};
  return {
    storageOptions: {
      ...Object.fromEntries(
        Object.entries(storageOptions).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      ...(endpoint === undefined ? {} : { aws_endpoint: endpoint }),
      ...plain,
    },
    ...(env.LANCEDB_API_KEY === undefined ? {} : { apiKey: env.LANCEDB_API_KEY }),
    ...(env.LANCEDB_REGION === undefined ? {} : { region: env.LANCEDB_REGION }),
    ...(env.LANCEDB_HOST === undefined ? {} : { host: env.LANCEDB_HOST }),
  };
}

async function readWords(setting: "glossary" | "lexicon", path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new Failure("bad-config", `The ${setting} ${path} can't be read.`, {
      advice: `Check the setting ${setting} (NONMUN_${setting.toUpperCase()}).`,
      subject: path,
      cause,
    });
  }
}
