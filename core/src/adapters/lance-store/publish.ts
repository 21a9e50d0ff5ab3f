/** Publishing: everything is made ready in new versions of the tables, then one row names them. */
import type { Connection } from "@lancedb/lancedb";
import type { Manifest, Recipe, TableVersion } from "../../model/manifest.ts";
import type { PublishOptions } from "../../ports/index-store.ts";
import { type Row, stringsOf, toTable } from "./columns.ts";
import type { WriteLock } from "./lock.ts";
import { tidyState, tidyTables } from "./maintenance.ts";
import type { ManifestTable } from "./manifest-table.ts";
import type { Settings } from "./options.ts";
import { deleteWhere } from "./repair.ts";
import { schemaOf, tableKinds } from "./schemas.ts";
import { artifactName, countFrequencies, countKeys, frequenciesName } from "./statistics.ts";
import { forEachKind, type Tables } from "./tables.ts";
import { together } from "./together.ts";

export interface PublishDeps {
  readonly connection: Connection;
  readonly settings: Settings;
  readonly manifests: ManifestTable;
  readonly lock: WriteLock;
}

/** Whatever fails before the manifest is saved leaves the generation before it served. */
export async function publishTables(
  deps: PublishDeps,
  tables: Tables,
  recipe: Recipe,
  run: PublishOptions,
): Promise<Manifest> {
  const kept = await deps.manifests.read();
  const keys = await countKeys(tables.chunks);
  await dropUnreferenced(tables, keys);
  // Artifacts are computed in this process while LanceDB makes the text index on threads of its own.
  const [rows] = await together([stateRows(tables, keys, run), tidyTables(tables, kept, deps.settings)]);
  await tables.state.add(toTable(schemaOf("state", recipe.dimensions), rows), { mode: "overwrite" });
  await tidyState(tables, kept, deps.settings);
  const manifest: Manifest = {
    generation: (kept[0]?.generation ?? 0) + 1,
    recipe,
    modelId: run.modelId,
    complete: run.complete,
    createdAt: new Date(deps.settings.now()).toISOString(),
    counts: await countAll(tables),
    tables: await versionsOf(tables),
    lastRun: run.lastRun,
  };
  await announce(deps, manifest, kept);
  return manifest;
}

/** Saves `manifest` as the newest and drops the tables that neither it nor the one before it names. */
export async function announce(
  deps: PublishDeps,
  manifest: Manifest,
  kept: readonly Manifest[],
): Promise<void> {
  await deps.lock.check();
  const manifests = [manifest, ...kept.slice(0, 1)];
  await deps.manifests.save(manifests);
  await dropOldTables(deps.connection, manifests);
}

export function versionsOf(tables: Tables): Promise<Record<string, TableVersion>> {
  return forEachKind(async (kind) => ({ table: tables[kind].name, version: await tables[kind].version() }));
}

/** Embeddings and images that no post refers to any more. */
async function dropUnreferenced(tables: Tables, keys: ReadonlyMap<string, number>): Promise<void> {
  const left: string[] = [];
  for await (const batch of tables.embeddings.query().select(["key"])) {
    left.push(...stringsOf(batch, "key").filter((key) => !keys.has(key)));
  }
  await deleteWhere(tables.embeddings, "key", left);

  const lists = (await tables.posts.query().select(["assets"]).toArrow()).getChild("assets");
  const shown = new Set([...(lists ?? [])].flatMap((list) => [...((list as Iterable<string> | null) ?? [])]));
  const assets = stringsOf(await tables.assets.query().select(["id"]).toArrow(), "id");
  await deleteWhere(tables.assets, "id", [...new Set(assets).difference(shown)]);
}

async function stateRows(
  tables: Tables,
  keys: ReadonlyMap<string, number>,
  run: PublishOptions,
): Promise<readonly Row[]> {
  const artifacts = Object.entries((await run.artifacts?.()) ?? {});
  const frequencies = await countFrequencies(keys, tables.embeddings);
  return [
    { name: frequenciesName, bytes: frequencies },
    ...artifacts.map(([name, bytes]) => ({ name: artifactName(name), bytes })),
  ];
}

/**
 * Notes are told by what their card's JSON says, which no other text of a card can say: it would be escaped there. LanceDB counts
 * them; parsed here, all cards of a large index would be garbage after each publication.
 */
const isNote = `card LIKE '%${JSON.stringify({ kind: "note" }).slice(1, -1)}%'`;

async function countAll(tables: Tables): Promise<Manifest["counts"]> {
  const cards = await tables.papers.countRows();
  const notes = await tables.papers.countRows(isNote);
  return {
    posts: await tables.posts.countRows(),
    papers: cards - notes,
    notes,
    chunks: await tables.chunks.countRows(),
  };
}

async function dropOldTables(connection: Connection, manifests: readonly Manifest[]): Promise<void> {
  const named = new Set(
    manifests.flatMap((manifest) => Object.values(manifest.tables).map(({ table }) => table)),
  );
  const ours = new RegExp(`^(?:${tableKinds.join("|")})_[0-9a-f]{12}$`, "u");
  for (const name of await connection.tableNames()) {
    if (ours.test(name) && !named.has(name)) await connection.dropTable(name);
  }
}
