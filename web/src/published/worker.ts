/** Searches a published site off the page's thread. */
import type { Asked } from "./messages.ts";
import { createSiteSearch } from "./site-search.ts";

const answer = createSiteSearch({
  fetchIndex: (again) =>
    fetch(new URL("search.json", self.location.href), { cache: again ? "reload" : "default" }),
  clock: () => performance.now(),
});

self.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
  void answer(data).then((told) => self.postMessage(told));
});
