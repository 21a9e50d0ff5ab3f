/** The writer of a LanceDB index: stages whole posts in new versions of the tables, and publishes by naming them. */
import type { Connection, Table } from "@lancedb/lancedb";
import type { Embedding } from "../../model/chunk.ts";
import type { Manifest, Recipe } from "../../model/manifest.ts";
import type { Commit, IndexWriter, PublishOptions } from "../../ports/index-store.ts";
import { checkEntry, sameRecipe } from "../store-rules.ts";
import { type Row, stringsOf, toTable } from "./columns.ts";
import { named } from "./failures.ts";
import type { WriteLock } from "./lock.ts";
import { largeRowsWhere, rowsWhere, stateBytes } from "./lookup.ts";
import type { ManifestTable } from "./manifest-table.ts";
import type { Settings } from "./options.ts";
import { publishTables } from "./publish.ts";
import { deleteWhere, isClean, keepWholePosts, openReadable } from "./repair.ts";
import {
  assetRow,
  chunkRows,
  embeddingRow,
  paperRow,
  postRow,
  textKey,
  tokensFrom,
  vectorsFrom,
} from "./rows.ts";
import { schemaOf, type TableKind } from "./schemas.ts";
import { artifactName } from "./statistics.ts";
import type { Tables } from "./tables.ts";
import { together } from "./together.ts";

export interface WriterDeps {
  readonly connection: Connection;
  readonly uri: string;
  readonly settings: Settings;
  readonly manifests: ManifestTable;
  readonly lock: WriteLock;
}

export async function openWriter(deps: WriterDeps, recipe: Recipe): Promise<IndexWriter> {
  const { tables, damaged } = await openReadable(deps.connection, recipe, deps.settings);
  const [current] = await deps.manifests.read();
  const published = current !== undefined && sameRecipe(current.recipe, recipe) ? current : null;
  if (damaged || !(await isClean(tables, published))) await keepWholePosts(tables, deps.uri);
  let closed = false;
  /** Whether a write was cut off: rows may be there of posts that are not. Those of another process are gone by now. */
  let torn = false;
  const doing = <T>(what: string, work: () => Promise<T>): Promise<T> => named(what, deps.uri, work);

  return {
    stored: () =>
      doing("read the posts", async () => {
        const posts = await tables.posts.query().select(["path", "hash"]).toArrow();
        const hashes = stringsOf(posts, "hash");
        return new Map(stringsOf(posts, "path").map((path, row) => [path, hashes[row] ?? ""]));
      }),
    reuse: (embedded) => doing("read embeddings", () => reuse(tables.embeddings, embedded)),
    async write(commit) {
      for (const entry of commit.put) checkEntry(entry, recipe);
      const isTorn = torn;
      torn = true;
      await doing("write posts", () => writeCommit(tables, recipe, commit, isTorn));
      torn = false;
    },
    papers: () => doing("read the papers", () => paperIds(tables.chunks)),
    vectors: (papers) =>
      doing("read the vectors", async () => {
        const columns = ["id", "vector"];
        return new Map(
          await rowsWhere(tables.chunks, "paper_id", papers, columns, (rows) => [...vectorsFrom(rows, "id")]),
        );
      }),
    artifact: (name) =>
      doing("read an artifact", async () => {
        return published === null ? null : await stateBytes(tables.state, artifactName(name));
      }),
    publish: (run: PublishOptions): Promise<Manifest> =>
      doing("publish the index", () => publishTables(deps, tables, recipe, run)),
    async close() {
      if (closed) return;
      closed = true;
      for (const table of Object.values(tables)) table.close();
      await deps.lock.release();
    },
  };
}

async function paperIds(chunks: Table): Promise<readonly string[]> {
  const ids = new Set<string>();
  for await (const batch of chunks.query().select(["paper_id"])) {
    for (const id of stringsOf(batch, "paper_id")) ids.add(id);
  }
  return [...ids];
}

const embeddingColumns = ["key", "vector", "ids", "offsets", "values", "dimensions", "scale"];

async function reuse(
  embeddings: Table,
  embedded: readonly string[],
): Promise<ReadonlyMap<string, Embedding>> {
  const texts = new Map(embedded.map((text) => [textKey(text), text]));
  const found = await largeRowsWhere(embeddings, "key", [...texts.keys()], embeddingColumns, (result) => {
    const vectors = vectorsFrom(result, "key");
    return [...tokensFrom(result)].flatMap(([key, tokens]) => {
      const text = texts.get(key);
      const vector = vectors.get(key);
      return text === undefined || vector === undefined ? [] : [[text, { vector, tokens }] as const];
    });
  });
  return new Map(found);
}

/**
 * A post's own row goes first and comes last: whenever this is interrupted, a post that has a row is there whole, and
 * a post without one is made anew by the next run.
 */
async function writeCommit(tables: Tables, recipe: Recipe, commit: Commit, isTorn: boolean): Promise<void> {
  const put = [...new Map(commit.put.map((entry) => [entry.post.path, entry])).values()];
  const paths = [...new Set([...commit.remove, ...put.map((entry) => entry.post.path)])];
  const add = async (kind: TableKind, rows: readonly Row[]): Promise<void> => {
    if (rows.length > 0) await tables[kind].add(toTable(schemaOf(kind, recipe.dimensions), rows));
  };
  // A post that has no row has none anywhere, and a deletion costs a commit, whatever it finds.
  const before = isTorn ? paths : await present(tables.posts, "path", paths);
  await deleteWhere(tables.posts, "path", before);
  await together([
    deleteWhere(tables.papers, "post_path", before),
    deleteWhere(tables.chunks, "post_path", before),
  ]);

  const embeddings = new Map(
    put.flatMap((entry) =>
      entry.chunks.flatMap((chunk, position) => {
        const embedding = entry.embeddings[position];
        return embedding === undefined ? [] : [[textKey(chunk.embedded), embedding] as const];
      }),
    ),
  );
  const assets = new Map(put.flatMap((entry) => entry.assets.map((asset) => [asset.id, asset] as const)));
  const keys = new Set(await present(tables.embeddings, "key", [...embeddings.keys()]));
  const ids = new Set(await present(tables.assets, "id", [...assets.keys()]));
  const newEmbeddings = [...embeddings].filter(([key]) => !keys.has(key));
  // What is large goes alone: of each table two copies are made on the way.
  await add(
    "embeddings",
    newEmbeddings.map(([key, embedding]) => embeddingRow(key, embedding)),
  );
  await add("assets", [...assets.values()].filter(({ id }) => !ids.has(id)).map(assetRow));
  await together([
    add("chunks", put.flatMap(chunkRows)),
    add(
      "papers",
      put.flatMap((entry) => entry.papers.map(paperRow)),
    ),
  ]);
  await add("posts", put.map(postRow));
}

/** Those of `values` that a row has in `column`. */
function present(table: Table, column: string, values: readonly string[]): Promise<readonly string[]> {
  return rowsWhere(table, column, values, [column], (result) => stringsOf(result, column));
}
