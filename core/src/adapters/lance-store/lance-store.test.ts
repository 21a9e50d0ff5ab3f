/** The LanceDB store keeps the contract of index stores, with small indexes' vectors in memory and without. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeIndexStore } from "../../ports/index-store.contract.ts";
import { openLanceStore } from "./open.ts";

describeIndexStore("LanceDB store", () => placeFor({}));
describeIndexStore("LanceDB store that looks up every vector", () => placeFor({ inMemoryBelow: 0 }));

async function placeFor(options: { readonly inMemoryBelow?: number }) {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-lance-"));
  return {
    open: () => openLanceStore(join(folder, "index"), options),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
