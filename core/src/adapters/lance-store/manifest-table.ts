/** The table that names the generations: one row each for the newest and the one before it, replaced in one commit. */
import type { Connection, Table } from "@lancedb/lancedb";
import type { Manifest } from "../../model/manifest.ts";
import { stringsOf, toTable } from "./columns.ts";
import { isTableMissing } from "./failures.ts";
import { manifestSchema } from "./schemas.ts";

export interface ManifestTable {
  /** Newest first; empty when nothing was ever published. Read from the place each time it has changed. */
  read(): Promise<readonly Manifest[]>;
  /** Replaces all rows: from here on, readers see the first of `manifests`. */
  save(manifests: readonly Manifest[]): Promise<void>;
  close(): void;
}

const name = "manifest";

/** After so many commits the versions before are cleaned up. */
const versionsMax = 16;

export function openManifestTable(connection: Connection): ManifestTable {
  let table: Table | null = null;
  let known: { readonly version: number; readonly manifests: readonly Manifest[] } | null = null;

  return {
    async read() {
      table ??= await openIfThere(connection);
      if (table === null) return [];
      await table.checkoutLatest();
      const version = await table.version();
      if (known?.version !== version) known = { version, manifests: await newestReadable(table) };
      return known.manifests;
    },
    async save(manifests) {
      const rows = manifests.map((manifest) => ({
        generation: manifest.generation,
        json: JSON.stringify(manifest),
      }));
      const data = toTable(manifestSchema, rows);
      table ??= await openIfThere(connection);
      if (table === null) {
        table = await connection.createTable(name, data);
        return;
      }
      await table.checkoutLatest();
      await table.add(data, { mode: "overwrite" });
      if ((await table.version()) % versionsMax === 0) await cleanUp(table);
    },
    close: () => table?.close(),
  };
}

async function openIfThere(connection: Connection): Promise<Table | null> {
  try {
    return await connection.openTable(name);
  } catch (cause) {
    if (isTableMissing(cause)) return null;
    throw cause;
  }
}

/** The rows of the newest version that can be read: when a file of the last one is broken, the one before still serves. */
async function newestReadable(table: Table): Promise<readonly Manifest[]> {
  try {
    return await manifestsIn(table);
  } catch (cause) {
    for (const { version } of (await table.listVersions()).toReversed().slice(1)) {
      await table.checkout(version);
      const manifests = await manifestsIn(table).catch(() => null);
      await table.checkoutLatest();
      if (manifests !== null) return manifests;
    }
    throw cause;
  }
}

async function manifestsIn(table: Table): Promise<readonly Manifest[]> {
  const result = await table.query().select(["generation", "json"]).toArrow();
  const manifests = stringsOf(result, "json").map((json) => JSON.parse(json) as Manifest);
  return manifests.sort((a, b) => b.generation - a.generation);
}

/** Removes old versions. The one before the newest stays: it is what is read when the newest is damaged. */
async function cleanUp(table: Table): Promise<void> {
  const before = (await table.listVersions()).at(-2);
  if (before !== undefined)
    await table.optimize({ cleanupOlderThan: new Date(before.timestamp.getTime() - 1) });
}
