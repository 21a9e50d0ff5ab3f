/** The tables of one recipe: made, opened at their newest version or at those that a manifest names. */
import type { Connection, Table } from "@lancedb/lancedb";
import { Failure } from "../../model/failure.ts";
import type { Manifest, Recipe } from "../../model/manifest.ts";
import { isTableMissing } from "./failures.ts";
import { schemaOf, type TableKind, tableKinds, tableName } from "./schemas.ts";

export type Tables = Readonly<Record<TableKind, Table>>;

/** Opens the tables as the manifest names them; they can only be read. */
export async function openPinned(connection: Connection, manifest: Manifest): Promise<Tables> {
  return forEachKind((kind) => {
    const pinned = manifest.tables[kind];
    if (pinned?.table !== tableName(kind, manifest.recipe)) {
      throw new Failure("index-mismatch", "The index was made by another version of Nonmun.", {
        advice: "Run `nonmun index`: it builds the new index beside the old one and then switches over.",
      });
    }
    return connection.openTable(pinned.table, [], { version: pinned.version });
  });
}

/** Opens the newest versions to write to, and creates what isn't there. */
export async function openOrCreate(connection: Connection, recipe: Recipe): Promise<Tables> {
  return forEachKind(async (kind) => {
    const name = tableName(kind, recipe);
    try {
      return await connection.openTable(name);
    } catch (cause) {
      if (!isTableMissing(cause)) throw cause;
      return await connection.createEmptyTable(name, schemaOf(kind, recipe.dimensions));
    }
  });
}

/** Opens each data file of a table: reads a small column of all rows. Throws when one is missing or cut short. */
export async function readThrough(kind: TableKind, table: Table): Promise<void> {
  await table.query().select([smallColumns[kind]]).toArrow();
}

/** Asks each index of a table for something that isn't there. Throws when a file of one is missing or cut short. */
export async function probeIndices(kind: TableKind, table: Table): Promise<void> {
  for (const column of lookedUp[kind] ?? []) {
    if ((await table.indexStats(`${column}_idx`)) === undefined) continue;
    const query =
      column === "grams"
        ? table
            .query()
            .fullTextSearch(nowhere, { columns: [column] })
            .select(["id", "_score"])
        : table.query().where(`${column} = '${nowhere}'`).select([smallColumns[kind]]);
    await query.limit(1).toArrow();
  }
}

/** No id, key or term: terms hold no signs. */
const nowhere = "?";

const lookedUp: Readonly<Partial<Record<TableKind, readonly string[]>>> = {
  chunks: ["id", "paper_id", "grams"],
  embeddings: ["key"],
};

const smallColumns: Readonly<Record<TableKind, string>> = {
  posts: "path",
  papers: "id",
  chunks: "id",
  embeddings: "key",
  assets: "id",
  state: "name",
};

export async function forEachKind<T>(
  work: (kind: TableKind) => Promise<T> | T,
): Promise<Record<TableKind, T>> {
  const pairs = await Promise.all(tableKinds.map(async (kind) => [kind, await work(kind)] as const));
  return Object.fromEntries(pairs) as Record<TableKind, T>;
}
