/** What keeps tables quick and small: indices, compaction, and the removal of versions that nobody reads any more. */
import { Index, type Table } from "@lancedb/lancedb";
import type { Manifest } from "../../model/manifest.ts";
import type { Settings } from "./options.ts";
import type { TableKind } from "./schemas.ts";
import type { Tables } from "./tables.ts";

/** The terms come cut already (`lexical-text.ts`): the index only has to split them at blanks. */
const termIndex = (): Index =>
  Index.fts({
    baseTokenizer: "whitespace",
    withPosition: false,
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
  });

/** Fragments of a table before it is compacted: compaction rewrites a table, each fragment costs a read. */
const fragmentsMax: Readonly<Record<Exclude<TableKind, "chunks" | "state">, number>> = {
  posts: 16,
  papers: 16,
  // The largest table by far, 50 KB a row: it is compacted rarely.
  embeddings: 48,
  assets: 48,
};

/**
 * Indexes all rows of the chunks, so that new ones are found and ranked like old ones, and compacts what has fallen
 * into pieces. Versions that `kept` manifests name stay.
 */
export async function tidyTables(
  tables: Tables,
  kept: readonly Manifest[],
  settings: Settings,
): Promise<void> {
  await indexChunks(tables.chunks, settings);
  await optimize("chunks", tables.chunks, kept, settings);
  for (const kind of ["posts", "papers", "embeddings", "assets"] as const) {
    const { fragmentStats } = await tables[kind].stats();
    if (fragmentStats.numFragments > fragmentsMax[kind]) await optimize(kind, tables[kind], kept, settings);
  }
  await indexColumn(tables.embeddings, "key", Index.btree());
}

async function indexChunks(chunks: Table, settings: Settings): Promise<void> {
  const rows = await chunks.countRows();
  const indexed = await chunks.indexStats("grams_idx");
  // An index that was made over no rows never ranks: it is made anew once there are some.
  if (indexed !== undefined && indexed.numIndexedRows === 0) await chunks.dropIndex("grams_idx");
  if (rows === 0) return;
  await indexColumn(chunks, "grams", termIndex());
  await indexColumn(chunks, "id", Index.btree());
  await indexColumn(chunks, "paper_id", Index.btree());
  await indexColumn(chunks, "orgs", Index.labelList());
  await indexColumn(chunks, "tags", Index.labelList());
  if (rows >= settings.exactBelow) {
    const numPartitions = Math.ceil(Math.sqrt(rows));
    await indexColumn(chunks, "vector", Index.ivfFlat({ distanceType: "cosine", numPartitions }));
  }
}

async function indexColumn(table: Table, column: string, config: Index): Promise<void> {
  if ((await table.indexStats(`${column}_idx`)) === undefined && (await table.countRows()) > 0) {
    await table.createIndex(column, { config });
  }
}

async function optimize(
  kind: TableKind,
  table: Table,
  kept: readonly Manifest[],
  settings: Settings,
): Promise<void> {
  const cleanupOlderThan = await cutoff(kind, table, kept, settings);
  await table.optimize({ cleanupOlderThan });
}

/** Older than the grace for readers, and older than the versions that kept manifests name. */
async function cutoff(
  kind: TableKind,
  table: Table,
  kept: readonly Manifest[],
  settings: Settings,
): Promise<Date> {
  const pinned = new Set(
    kept.flatMap((manifest) => {
      const version = manifest.tables[kind];
      return version?.table === table.name ? [version.version] : [];
    }),
  );
  const times = (await table.listVersions())
    .filter(({ version }) => pinned.has(version))
    .map(({ timestamp }) => timestamp.getTime());
  return new Date(Math.min(settings.now() - settings.readerGraceMs, ...times.map((time) => time - 1)));
}
