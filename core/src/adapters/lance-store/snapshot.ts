/** One generation of a LanceDB index: every table at the version that the manifest names. */
import type { Connection } from "@lancedb/lancedb";
import type { Chunk } from "../../model/chunk.ts";
import type { Manifest } from "../../model/manifest.ts";
import type { Snapshot } from "../../ports/index-store.ts";
import { compare, newestFirst } from "../store-filter.ts";
import { named } from "./failures.ts";
import { keepRows } from "./kept-rows.ts";
import { inOrder, rowsWhere, stateBytes } from "./lookup.ts";
import type { Settings } from "./options.ts";
import { assetsFrom, cardsFrom, chunksFrom, papersFrom, postsFrom, vectorsFrom } from "./rows.ts";
import { holding, match, nearest } from "./search.ts";
import { artifactName, frequenciesFrom, frequenciesName } from "./statistics.ts";
import { forEachKind, openPinned, probeIndices, readThrough, type Tables } from "./tables.ts";
import { readTermBlock } from "./term-block.ts";
import type { TokenCache } from "./token-cache.ts";
import { tokenReader } from "./token-reader.ts";
import { readVectorBlock } from "./vector-block.ts";

export interface SnapshotDeps {
  readonly connection: Connection;
  readonly uri: string;
  readonly settings: Settings;
  readonly cache: TokenCache;
}

/** Chunks, and as many vectors, that a snapshot keeps: about 4 MB of text and 3 MB of vectors. */
const rowsKept = 2000;

/** Opens a generation and makes sure that every file of it is there. */
export async function openSnapshot(deps: SnapshotDeps, manifest: Manifest): Promise<Snapshot> {
  const tables = await openPinned(deps.connection, manifest);
  await forEachKind(async (kind) => {
    await readThrough(kind, tables[kind]);
    await probeIndices(kind, tables[kind]);
  });
  const cards = cardsFrom(await tables.papers.query().select(["card"]).toArrow()).sort(newestFirst);
  const tokens = tokenReader(deps.cache, tables, manifest);
  const chunks = keepRows(rowsKept, (ids) => chunksById(tables, ids));
  const vectors = keepRows(rowsKept, (ids) => vectorsById(tables, ids));
  const block = once(() => readVectorBlock(tables.chunks));
  const terms = fromSecondOn(once(() => readTermBlock(tables.chunks)));
  const frequencies = once(async () => frequenciesFrom(await stateBytes(tables.state, frequenciesName)));
  const reading = <T>(what: string, work: () => Promise<T>): Promise<T> =>
    named(`read ${what}`, deps.uri, work);

  return {
    manifest,
    nearest: (vector, options) =>
      reading("the vectors", () => nearest(tables.chunks, manifest, deps.settings, block, vector, options)),
    match: (text, options) =>
      reading("the text index", () => match(tables.chunks, manifest, deps.settings, terms, text, options)),
    holding: (phrase, options) =>
      reading("the text index", () => holding(tables.chunks, manifest, phrase, options)),
    chunks: (ids) =>
      reading("chunks", async () => {
        const found = await chunks(ids);
        return ids.flatMap((id) => found.get(id) ?? []);
      }),
    chunksOf: (paperIds) => reading("chunks", () => chunksOfPapers(tables, paperIds)),
    tokens: (ids) => reading("token vectors", () => tokens(ids)),
    vectors: (ids) =>
      reading("vectors", async () => {
        const found = await vectors(ids);
        return inOrder(ids, (id) => found.get(id));
      }),
    catalogue: async () => cards,
    paper: (id) =>
      reading("a paper", async () => {
        const [paper] = await rowsWhere(tables.papers, "id", [id], ["card", "body"], papersFrom);
        return paper ?? null;
      }),
    posts: () =>
      reading("the posts", async () => {
        const posts = postsFrom(await tables.posts.query().select(["json"]).toArrow());
        return posts.sort((a, b) => compare(a.path, b.path));
      }),
    asset: (id) =>
      reading("an image", async () => {
        const [asset] = await rowsWhere(tables.assets, "id", [id], ["id", "media_type", "bytes"], assetsFrom);
        return asset ?? null;
      }),
    documentFrequencies: () => reading("the statistics", frequencies),
    artifact: (name) => reading("an artifact", () => stateBytes(tables.state, artifactName(name))),
    async close() {
      for (const table of Object.values(tables)) table.close();
    },
  };
}

async function chunksById(tables: Tables, ids: readonly string[]): Promise<ReadonlyMap<string, Chunk>> {
  const found = await rowsWhere(tables.chunks, "id", ids, ["body"], chunksFrom);
  return new Map(found.map((chunk) => [chunk.id, chunk]));
}

async function chunksOfPapers(tables: Tables, paperIds: readonly string[]): Promise<readonly Chunk[]> {
  const found = await rowsWhere(tables.chunks, "paper_id", paperIds, ["body"], chunksFrom);
  return found.sort((a, b) => compare(a.paperId, b.paperId) || a.ordinal - b.ordinal);
}

async function vectorsById(
  tables: Tables,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Float32Array>> {
  return new Map(
    await rowsWhere(tables.chunks, "id", ids, ["id", "vector"], (result) => [...vectorsFrom(result, "id")]),
  );
}

/** Nothing at the first call: a process that asks once has its answer from the index before all terms are read. */
function fromSecondOn<T>(work: () => Promise<T>): () => Promise<T | null> {
  let asked = false;
  return async () => {
    const isFirst = !asked;
    asked = true;
    return isFirst ? null : work();
  };
}

/** Keeps the first success; a failure is tried again at the next call. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null;
  return () => {
    kept ??= work().catch((cause: unknown) => {
      kept = null;
      throw cause;
    });
    return kept;
  };
}
