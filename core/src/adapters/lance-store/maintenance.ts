/** What keeps tables quick and small: indices, compaction, and the removal of versions that nobody reads any more. */
import { Index, type IndexStatistics, type Table } from "@lancedb/lancedb";
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

/** How far a table falls into pieces before it is compacted: compaction rewrites it, each piece costs a read. */
interface Bounds {
  readonly fragments: number;
  /** Commits after which files that no version needs any more are removed. */
  readonly commits: number;
}

const least: Readonly<Record<Exclude<TableKind, "chunks">, Bounds>> = {
  posts: { fragments: 16, commits: 32 },
  papers: { fragments: 16, commits: 32 },
  // The largest table by far, 50 KB a row: it is compacted rarely.
  embeddings: { fragments: 48, commits: 128 },
  assets: { fragments: 48, commits: 128 },
  // One fragment, which each publish replaces: there is nothing to compact.
  state: { fragments: 1, commits: 8 },
};

/** In a large table: what a first run writes in a commit, so that it compacts the table once and not again and again. */
const rowsPerFragment = 256;

/**
 * Bounds of a table of `rows`: they grow with it, since compaction rewrites all of it. With fixed ones the rows that each new row
 * makes rewritten would grow with the table.
 */
export function boundsOf(kind: keyof typeof least, rows: number): Bounds {
  const { fragments, commits } = least[kind];
  const grown = Math.floor(rows / rowsPerFragment);
  return { fragments: Math.max(fragments, grown), commits: Math.max(commits, grown) };
}

/**
 * Indexes all rows of the chunks, so that new ones are found and ranked like old ones, and compacts what has fallen
 * into pieces, all but the state. Versions that `kept` manifests name stay.
 */
export async function tidyTables(
  tables: Tables,
  kept: readonly Manifest[],
  settings: Settings,
): Promise<void> {
  await tidyChunks(tables.chunks, kept, settings);
  for (const kind of ["posts", "papers", "embeddings", "assets"] as const) {
    if (await isDue(kind, tables[kind], kept[0])) await optimize(kind, tables[kind], kept, settings);
  }
  await indexKeys(tables.embeddings);
}

/** The same for the state, once that of this generation is written. */
export async function tidyState(
  { state }: Tables,
  kept: readonly Manifest[],
  settings: Settings,
): Promise<void> {
  if (await isDue("state", state, kept[0])) await optimize("state", state, kept, settings);
}

async function isDue(
  kind: keyof typeof least,
  table: Table,
  published: Manifest | undefined,
): Promise<boolean> {
  const { numRows, fragmentStats } = await table.stats();
  const { fragments, commits } = boundsOf(kind, numRows);
  if (fragmentStats.numFragments > fragments) return true;
  // Without a version published before, everything is new.
  const before = published?.tables[kind];
  if (before?.table !== table.name) return false;
  return Math.floor((await table.version()) / commits) > Math.floor(before.version / commits);
}

/** Chunks up to which every publish compacts what there is and makes the text index anew: 0.1 s at 900. */
const exactRanksMax = 8000;
/** In a larger index, rows outside the text index and fragments before it is brought up to date. */
const outsideMax = 500;
const chunkFragmentsMax = 32;

/**
 * Up to `exactRanksMax` chunks the text index is made anew each time, and is exact. Brought up to date, it goes on counting rows
 * that were replaced until a tenth of a fragment is gone and it is compacted: scores are then off by up to a few per cent, old and
 * new alike. It is made after the compaction, which would otherwise carry it over: 35 ms of 160 at 900 chunks.
 */
async function tidyChunks(chunks: Table, kept: readonly Manifest[], settings: Settings): Promise<void> {
  const rows = await chunks.countRows();
  const indexed = await chunks.indexStats("grams_idx");
  // One that was made over no rows never ranks.
  const isAnew = rows <= exactRanksMax || indexed === undefined || indexed.numIndexedRows === 0;
  if (isAnew && indexed !== undefined) await chunks.dropIndex("grams_idx");
  if (isAnew || (await hasFallenBehind(chunks, indexed))) await optimize("chunks", chunks, kept, settings);
  if (rows > 0) await indexChunks(chunks, rows, settings);
}

/**
 * In a large index, optimizing waits for some more rows, since it rewrites the table. Meanwhile LanceDB scans the new rows
 * beside the index and ranks them by nearly the same statistics (measured: scores 2 % lower with a third of the rows
 * outside, old and new alike; same order).
 */
async function hasFallenBehind(chunks: Table, indexed: IndexStatistics): Promise<boolean> {
  const { fragmentStats } = await chunks.stats();
  return indexed.numUnindexedRows > outsideMax || fragmentStats.numFragments > chunkFragmentsMax;
}

async function indexChunks(chunks: Table, rows: number, settings: Settings): Promise<void> {
  await indexColumn(chunks, "grams", termIndex());
  await indexColumn(chunks, "id", Index.btree());
  await indexColumn(chunks, "paper_id", Index.btree());
  // Below that, a scan finds what a filter accepts sooner than an index does (20,000 chunks: 26 ms for 43).
  if (rows >= settings.exactBelow) {
    await indexColumn(chunks, "orgs", Index.labelList());
    await indexColumn(chunks, "tags", Index.labelList());
    const numPartitions = Math.ceil(Math.sqrt(rows));
    // Fewer samples and rounds than by default: 1.8 s for 2.7 s at 100,000 x 384, finding as much.
    const training = { sampleRate: 32, maxIterations: 12 };
    await indexColumn(
      chunks,
      "vector",
      Index.ivfFlat({ distanceType: "cosine", numPartitions, ...training }),
    );
  }
}

/** Embeddings outside the index of their keys, which are looked through for each that is asked for. */
const keysOutsideMax = 500;

/** Compaction, which brings the index up to date, rewrites the vectors; made anew, it reads the keys alone: 10 ms for 4,500. */
async function indexKeys(embeddings: Table): Promise<void> {
  const indexed = await embeddings.indexStats("key_idx");
  if (indexed !== undefined && indexed.numUnindexedRows > keysOutsideMax) {
    await embeddings.createIndex("key", { config: Index.btree(), replace: true });
  } else await indexColumn(embeddings, "key", Index.btree());
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
