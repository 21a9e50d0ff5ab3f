/** The LanceDB store keeps the contract of index stores. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeIndexStore } from "../../ports/index-store.contract.ts";
import { openLanceStore } from "./open.ts";

describeIndexStore("LanceDB store", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-lance-"));
  return {
    open: () => openLanceStore(join(folder, "index")),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});
