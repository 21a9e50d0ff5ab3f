/** One generation of a LanceDB index: every table at the version that the manifest names. */
import type { Connection, Query, Table, VectorQuery } from "@lancedb/lancedb";
import type { TokenVectors } from "../../model/chunk.ts";
import { Failure } from "../../model/failure.ts";
import type { Manifest } from "../../model/manifest.ts";
import type { Hit, Limited, Snapshot } from "../../ports/index-store.ts";
import { queryTerms } from "../lexical-text.ts";
import { compare, foldFilter, newestFirst } from "../store-filter.ts";
import { bytesOf, numbersOf, type Rows, stringsOf } from "./columns.ts";
import { named } from "./failures.ts";
import type { Settings } from "./options.ts";
import { assetsFrom, cardsFrom, chunksFrom, papersFrom, postsFrom, tokensFrom, vectorsFrom } from "./rows.ts";
import { filterCondition, isAnyOf, quote } from "./sql.ts";
import { artifactName, frequenciesFrom, frequenciesName } from "./statistics.ts";
import { forEachKind, openPinned, readThrough, type Tables } from "./tables.ts";
import type { TokenCache } from "./token-cache.ts";

export interface SnapshotDeps {
  readonly connection: Connection;
  readonly uri: string;
  readonly settings: Settings;
  readonly cache: TokenCache;
}

/** Opens a generation and makes sure that every file of it is there. */
export async function openSnapshot(deps: SnapshotDeps, manifest: Manifest): Promise<Snapshot> {
  const tables = await openPinned(deps.connection, manifest);
  await forEachKind((kind) => readThrough(kind, tables[kind]));
  const cards = cardsFrom(await tables.papers.query().select(["card"]).toArrow()).sort(newestFirst);
  const tokens = tokenReader(deps.cache, tables, manifest);
  const frequencies = once(async () => frequenciesFrom(await stateBytes(tables.state, frequenciesName)));
  const reading = <T>(what: string, work: () => Promise<T>): Promise<T> =>
    named(`read ${what}`, deps.uri, work);

  return {
    manifest,
    nearest: (vector, options) =>
      reading("the vectors", () => nearest(tables.chunks, manifest, deps.settings, vector, options)),
    match: (text, options) => reading("the text index", () => match(tables.chunks, manifest, text, options)),
    chunks: (ids) =>
      reading("chunks", async () => {
        const found = new Map(
          (await rowsWhere(tables.chunks, "id", ids, ["body"], chunksFrom)).map((chunk) => [chunk.id, chunk]),
        );
        return ids.flatMap((id) => found.get(id) ?? []);
      }),
    chunksOf: (paperIds) =>
      reading("chunks", async () => {
        const found = await rowsWhere(tables.chunks, "paper_id", paperIds, ["body"], chunksFrom);
        return found.sort((a, b) => compare(a.paperId, b.paperId) || a.ordinal - b.ordinal);
      }),
    tokens: (ids) => reading("token vectors", () => tokens(ids)),
    vectors: (ids) =>
      reading("vectors", async () => {
        const rows = await rowsWhere(tables.chunks, "id", ids, ["id", "vector"], (result) => [
          ...vectorsFrom(result, "id"),
        ]);
        const found = new Map(rows);
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

async function nearest(
  chunks: Table,
  manifest: Manifest,
  settings: Settings,
  vector: Float32Array,
  options: Limited,
): Promise<readonly Hit[]> {
  if (vector.length !== manifest.recipe.dimensions) {
    throw new Failure(
      "index-mismatch",
      `The query's vector has ${vector.length} dimensions, the index ${manifest.recipe.dimensions}.`,
    );
  }
  if (manifest.counts.chunks === 0 || options.limit <= 0) return [];
  const query = chunks.query().nearestTo(vector).column("vector").distanceType("cosine");
  // Past the limit of exact search: enough partitions for 0.95 recall, true distances for the candidates.
  if (manifest.counts.chunks < settings.exactBelow) query.bypassVectorIndex();
  else query.nprobes(40).refineFactor(4);
  const result = await narrowed(query, options).select(["id", "paper_id", "_distance"]).toArrow();
  return hitsFrom(result, options.limit, "_distance", (distance) => 1 - distance);
}

async function match(
  chunks: Table,
  manifest: Manifest,
  text: string,
  options: Limited,
): Promise<readonly Hit[]> {
  const terms = queryTerms(text);
  if (manifest.counts.chunks === 0 || terms.length === 0 || options.limit <= 0) return [];
  const query = chunks.query().fullTextSearch(terms.join(" "), { columns: ["grams"] });
  const result = await narrowed(query, options).select(["id", "paper_id", "_score"]).toArrow();
  return hitsFrom(result, options.limit, "_score", (score) => score);
}

/** Rows that tie with the last one asked for are cut by id, not by chance: so a few more are asked for. */
const tiesMax = 32;

function narrowed<T extends Query | VectorQuery>(query: T, options: Limited): T {
  const condition = filterCondition(foldFilter(options.filter));
  if (condition !== null) query.where(condition);
  query.limit(options.limit + tiesMax);
  return query;
}

function hitsFrom(
  result: Rows,
  limit: number,
  scoreColumn: string,
  toScore: (value: number) => number,
): readonly Hit[] {
  const ids = stringsOf(result, "id");
  const papers = stringsOf(result, "paper_id");
  const scores = numbersOf(result, scoreColumn);
  const hits = ids.map((chunkId, row) => ({
    chunkId,
    paperId: papers[row] ?? "",
    score: toScore(scores[row] ?? 0),
  }));
  return hits.sort((a, b) => b.score - a.score || compare(a.chunkId, b.chunkId)).slice(0, limit);
}

/** Reads token vectors by chunk id through the cache; embeddings never change, so it outlives the generation. */
function tokenReader(
  cache: TokenCache,
  tables: Tables,
  manifest: Manifest,
): (ids: readonly string[]) => Promise<ReadonlyMap<string, TokenVectors>> {
  const place = manifest.tables.embeddings?.table ?? "";
  const keys = new Map<string, string>();
  return async (ids) => {
    const unknown = ids.filter((id) => !keys.has(id));
    const named = await rowsWhere(tables.chunks, "id", unknown, ["id", "key"], (result) => {
      const found = stringsOf(result, "key");
      return stringsOf(result, "id").map((id, row) => [id, found[row] ?? ""] as const);
    });
    for (const [id, key] of named) keys.set(id, key);

    const wanted = [...new Set(ids.flatMap((id) => keys.get(id) ?? []))];
    const held = new Map(wanted.map((key) => [key, cache.get(`${place}/${key}`)]));
    const missing = wanted.filter((key) => held.get(key) === undefined);
    for (const [key, tokens] of await rowsWhere(tables.embeddings, "key", missing, tokenColumns, (result) => [
      ...tokensFrom(result),
    ])) {
      held.set(key, tokens);
      cache.set(`${place}/${key}`, tokens);
    }
    return inOrder(ids, (id) => held.get(keys.get(id) ?? "") ?? undefined);
  };
}

const tokenColumns = ["key", "ids", "offsets", "values", "dimensions", "scale"];

/** Most values in one condition: longer lists are asked for in parts. */
const valuesMax = 1000;

/** The rows whose `column` is one of `values`, made by `from`. */
export async function rowsWhere<T>(
  table: Table,
  column: string,
  values: readonly string[],
  select: readonly string[],
  from: (result: Rows) => readonly T[],
): Promise<T[]> {
  const found: T[] = [];
  for (let start = 0; start < values.length; start += valuesMax) {
    const condition = isAnyOf(column, values.slice(start, start + valuesMax));
    found.push(
      ...from(
        await table
          .query()
          .where(condition)
          .select([...select])
          .toArrow(),
      ),
    );
  }
  return found;
}

/** The bytes kept under a name in the table `state`, or null. */
export async function stateBytes(state: Table, name: string): Promise<Uint8Array | null> {
  const result = await state
    .query()
    .where(`name = ${quote(name)}`)
    .select(["bytes"])
    .toArrow();
  return bytesOf(result, "bytes")[0] ?? null;
}

function inOrder<T>(ids: readonly string[], find: (id: string) => T | undefined): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const id of ids) {
    const value = find(id);
    if (value !== undefined) found.set(id, value);
  }
  return found;
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
