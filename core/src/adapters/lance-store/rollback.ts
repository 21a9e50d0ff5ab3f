/** Going back to the generation before the newest one. */
import { Failure } from "../../model/failure.ts";
import type { Manifest } from "../../model/manifest.ts";
import { announce, type PublishDeps, versionsOf } from "./publish.ts";
import { forEachKind, openPinned } from "./tables.ts";

/**
 * Makes the versions of the generation before the newest ones of their tables, and names them in a new manifest. What
 * was written without being published is dropped from those tables' newest versions.
 */
export async function rollBack(deps: PublishDeps): Promise<Manifest> {
  const kept = await deps.manifests.read();
  const [current, previous] = kept;
  if (current === undefined || previous === undefined) {
    throw new Failure("no-index", "There is no earlier generation to go back to.", {
      advice: "Run `nonmun index` to make a new one from the posts.",
    });
  }
  const tables = await openPinned(deps.connection, previous);
  await forEachKind((kind) => tables[kind].restore());
  const manifest: Manifest = {
    ...previous,
    generation: current.generation + 1,
    createdAt: new Date(deps.settings.now()).toISOString(),
    tables: await versionsOf(tables),
  };
  await announce(deps, manifest, kept);
  return manifest;
}
