/** The memory store keeps the contract of index stores. */
import { describeIndexStore } from "../ports/index-store.contract.ts";
import { createMemoryStore } from "./memory-store.ts";

describeIndexStore("memory store", async () => {
  const store = createMemoryStore();
  return { open: async () => store, remove: async () => undefined };
});
