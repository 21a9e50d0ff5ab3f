/** A process that only reads: polls for new generations and prints what it sees of each, one JSON line a generation. */
import { setTimeout as pause } from "node:timers/promises";
import { openLanceStore } from "@nonmun/core/adapters/lance-store/open";
import { roundsIn } from "./posts.ts";

const [, , uri = "", options = "{}"] = process.argv;
const store = await openLanceStore(uri, { storageOptions: JSON.parse(options) as Record<string, string> });
let seen: number | null = null;
for (;;) {
  const generation = await store.generation();
  if (generation !== seen) {
    const snapshot = await store.open();
    if (snapshot !== null) {
      const rounds = await roundsIn(snapshot);
      process.stdout.write(`${JSON.stringify({ generation: snapshot.manifest.generation, rounds })}\n`);
      seen = snapshot.manifest.generation;
      await snapshot.close();
    }
  }
  await pause(200);
}
