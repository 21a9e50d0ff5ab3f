/** After an interruption or damage: brings the newest versions of the tables back to whole posts. */
import type { Connection, Table } from "@lancedb/lancedb";
import { Failure } from "../../model/failure.ts";
import type { Manifest, Recipe } from "../../model/manifest.ts";
import { numbersOf, stringsOf } from "./columns.ts";
import { named } from "./failures.ts";
import type { Settings } from "./options.ts";
import { schemaOf, type TableKind, tableKinds, tableName } from "./schemas.ts";
import { isAnyOfInParts } from "./sql.ts";
import { openOrCreate, probeIndices, readThrough, type Tables } from "./tables.ts";

/** True when the tables hold exactly what `manifest` published. */
export async function isClean(tables: Tables, manifest: Manifest | null): Promise<boolean> {
  for (const kind of tableKinds) {
    const pinned = manifest?.tables[kind];
    if (pinned?.table !== tables[kind].name || pinned.version !== (await tables[kind].version()))
      return false;
  }
  return true;
}

/**
 * Opens the tables to write to. A table that can't be read goes back to the newest version that can, or begins
 * anew; `report` is told of each.
 */
export async function openReadable(
  connection: Connection,
  recipe: Recipe,
  settings: Settings,
): Promise<{ readonly tables: Tables; readonly damaged: boolean }> {
  let damaged = false;
  const tables = { ...(await openOrCreate(connection, recipe)) };
  for (const kind of tableKinds) {
    const table = tables[kind];
    try {
      await readThrough(kind, table);
    } catch (cause) {
      damaged = true;
      const name = tableName(kind, recipe);
      const version = await lastReadable(connection, kind, name, await table.version());
      if (version === null) {
        table.close();
        await connection.dropTable(name);
        tables[kind] = await connection.createEmptyTable(name, schemaOf(kind, recipe.dimensions));
      } else {
        await table.checkout(version);
        await table.restore();
      }
      const outcome = version === null ? "it begins anew" : `it goes back to version ${version}`;
      settings.report(
        new Failure("index-damaged", `The table ${kind} can't be read: ${outcome}.`, {
          subject: name,
          cause,
        }),
      );
    }
  }
  for (const kind of tableKinds) await dropBrokenIndices(kind, tables[kind], settings);
  return { tables, damaged };
}

/** Indices are made of the rows: what can't be read is dropped, and the next publish makes it anew. */
async function dropBrokenIndices(kind: TableKind, table: Table, settings: Settings): Promise<void> {
  try {
    await probeIndices(kind, table);
  } catch (cause) {
    // Listing them would read them: every column that may have one is tried.
    for (const column of indexedColumns) await dropIndexIfThere(table, `${column}_idx`);
    settings.report(
      new Failure("index-damaged", `An index of the table ${kind} can't be read: it is made anew.`, {
        subject: table.name,
        cause,
      }),
    );
  }
}

const indexedColumns = ["id", "paper_id", "grams", "orgs", "tags", "vector", "key"];

async function dropIndexIfThere(table: Table, name: string): Promise<void> {
  try {
    await table.dropIndex(name);
  } catch (cause) {
    if (!/not found|does not exist/iu.test(String(cause))) throw cause;
  }
}

async function lastReadable(
  connection: Connection,
  kind: TableKind,
  name: string,
  newest: number,
): Promise<number | null> {
  const table = await connection.openTable(name);
  const older = (await table.listVersions()).filter(({ version }) => version < newest).toReversed();
  table.close();
  for (const { version } of older) {
    try {
      const pinned = await connection.openTable(name, [], { version });
      await readThrough(kind, pinned);
      pinned.close();
      return version;
    } catch {
      // That version is broken too: the one before it is tried.
    }
  }
  return null;
}

/** Drops every post that isn't there whole, and every row that belongs to no post. The next run makes them anew. */
export async function keepWholePosts(tables: Tables, uri: string): Promise<void> {
  await named("check the index", uri, async () => {
    const posts = await tables.posts.query().select(["path", "chunks", "assets", "json"]).toArrow();
    const paths = stringsOf(posts, "path");
    const chunkCounts = numbersOf(posts, "chunks");
    const assetLists = posts.getChild("assets");
    const paperCounts = stringsOf(posts, "json").map(
      (json) => (JSON.parse(json) as { papers: number }).papers,
    );

    const chunks = await tables.chunks.query().select(["post_path", "key"]).toArrow();
    const chunkPaths = stringsOf(chunks, "post_path");
    const papers = stringsOf(await tables.papers.query().select(["post_path"]).toArrow(), "post_path");
    const embedded = new Set(stringsOf(await tables.embeddings.query().select(["key"]).toArrow(), "key"));
    const assets = new Set(stringsOf(await tables.assets.query().select(["id"]).toArrow(), "id"));

    const withoutEmbedding = new Set(
      stringsOf(chunks, "key").flatMap((key, row) => (embedded.has(key) ? [] : [chunkPaths[row] ?? ""])),
    );
    const chunksOfPost = countEach(chunkPaths);
    const papersOfPost = countEach(papers);
    const whole = new Set(
      paths.filter(
        (path, row) =>
          (chunksOfPost.get(path) ?? 0) === chunkCounts[row] &&
          (papersOfPost.get(path) ?? 0) === paperCounts[row] &&
          !withoutEmbedding.has(path) &&
          [...((assetLists?.get(row) as Iterable<string> | null) ?? [])].every((id) => assets.has(id)),
      ),
    );
    const broken = (all: Iterable<string>): string[] => [...new Set(all)].filter((path) => !whole.has(path));
    await deleteWhere(tables.posts, "path", broken(paths));
    await deleteWhere(tables.chunks, "post_path", broken(chunkPaths));
    await deleteWhere(tables.papers, "post_path", broken(papers));
  });
}

/** Deletes the rows whose `column` is one of `values`. Nothing is committed when there are none. */
export async function deleteWhere(table: Table, column: string, values: readonly string[]): Promise<void> {
  for (const condition of isAnyOfInParts(column, values)) await table.delete(condition);
}

function countEach(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
