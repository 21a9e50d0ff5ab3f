/** A process that writes posts, says so, and waits to be killed before it publishes. */
import { openLanceStore } from "@nonmun/core/adapters/lance-store/open";
import { recipe } from "@nonmun/core/ports/index-store.fixtures";
import { postsOf } from "./posts.ts";

const [, , uri = "", options = "{}", round = "0"] = process.argv;
const store = await openLanceStore(uri, { storageOptions: JSON.parse(options) as Record<string, string> });
const writer = await store.writer(recipe);
await writer.write({ put: postsOf(Number(round)), remove: [] });
process.stdout.write("written\n");
setInterval(() => undefined, 60_000);
