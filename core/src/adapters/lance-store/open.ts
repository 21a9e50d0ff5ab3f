/** The index in LanceDB: a folder, or any address that LanceDB opens (`s3://…`, `gs://…`, `az://…`, `db://…`). */
import { type Connection, connect, Session } from "@lancedb/lancedb";
import { Failure } from "../../model/failure.ts";
import type { Manifest } from "../../model/manifest.ts";
import type { IndexStore, Snapshot } from "../../ports/index-store.ts";
import { recipeMismatch, sameRecipe } from "../store-rules.ts";
import { named } from "./failures.ts";
import { takeLock } from "./lock.ts";
import { type ManifestTable, openManifestTable } from "./manifest-table.ts";
import { type LanceStoreOptions, type Settings, settingsOf } from "./options.ts";
import { localFolder, shownUri } from "./place.ts";
import { rollBack } from "./rollback.ts";
import { openSnapshot, type SnapshotDeps } from "./snapshot.ts";
import { createTokenCache } from "./token-cache.ts";
import { openWriter } from "./writer.ts";

/**
 * Opens the place. Nothing is read or written yet, except that LanceDB creates a local folder that isn't there.
 *
 * @throws Failure `storage` when the place can't be reached.
 */
export async function openLanceStore(uri: string, options: LanceStoreOptions = {}): Promise<IndexStore> {
  const settings = settingsOf(options);
  const shown = shownUri(uri);
  const connection = await named("open the index", shown, () => connectTo(uri, options, settings));
  const manifests = openManifestTable(connection);
  const snapshots: SnapshotDeps = {
    connection,
    uri: shown,
    settings,
    cache: createTokenCache(settings.tokenCacheBytes),
  };
  const readManifests = (): ReturnType<ManifestTable["read"]> =>
    named("read the index's manifest", shown, () => manifests.read());

  return {
    generation: async () => (await readManifests())[0]?.generation ?? null,
    async open(recipe) {
      const known = await readManifests();
      const made = known[0]?.recipe;
      if (recipe !== undefined && made !== undefined && !sameRecipe(recipe, made))
        throw recipeMismatch(recipe, made);
      return await openNewest(snapshots, known, recipe === undefined);
    },
    async writer(recipe) {
      const lock = await named("lock the index", shown, () => takeLock(connection, uri, settings.now));
      const deps = { connection, uri: shown, settings, manifests, lock };
      try {
        return await named("open the index for writing", shown, () => openWriter(deps, recipe));
      } catch (cause) {
        await lock.release();
        throw cause;
      }
    },
    async rollback() {
      const lock = await named("lock the index", shown, () => takeLock(connection, uri, settings.now));
      try {
        return await named("go back", shown, () => rollBack({ connection, settings, manifests, lock }));
      } finally {
        await lock.release();
      }
    },
    async close() {
      manifests.close();
      connection.close();
    },
  };
}

function connectTo(uri: string, options: LanceStoreOptions, settings: Settings): Promise<Connection> {
  const { indexCacheBytes } = settings;
  const session = new Session(BigInt(indexCacheBytes), BigInt(Math.round(indexCacheBytes / 4)));
  return connect(localFolder(uri) ?? uri, {
    session,
    ...(options.storageOptions === undefined ? {} : { storageOptions: { ...options.storageOptions } }),
    ...(options.apiKey === undefined ? {} : { apiKey: options.apiKey }),
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.host === undefined ? {} : { hostOverride: options.host }),
  });
}

/** The newest generation whose files can be read; an older one only if it was made with the same recipe. */
async function openNewest(
  deps: SnapshotDeps,
  manifests: readonly Manifest[],
  anyRecipe: boolean,
): Promise<Snapshot | null> {
  const [newest, ...older] = manifests;
  if (newest === undefined) return null;
  try {
    return await named("open the index", deps.uri, () => openSnapshot(deps, newest));
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.code !== "index-damaged") throw cause;
    for (const manifest of older) {
      if (!anyRecipe && !sameRecipe(manifest.recipe, newest.recipe)) continue;
      const snapshot = await openSnapshot(deps, manifest).catch(() => null);
      if (snapshot === null) continue;
      deps.settings.report(cause);
      return snapshot;
    }
    throw cause;
  }
}
