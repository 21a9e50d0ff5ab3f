/** Reads the newest papers' chunks and vectors ahead of the first searches, into the store's bounded caches. */
import type { Library } from "@nonmun/api/deps";

/** About what the cache holds; of a larger index the searches themselves bring in what they need. */
const chunksMost = 2000;
/** Papers read at a time: a search in between waits for one such read at most. */
const step = 100;

/** Stops when `signal` is aborted. One generation is held for one step only, so an old one is let go in time. */
export async function warmStore(library: Library, signal: AbortSignal): Promise<void> {
  const papers = await library.use(async (view) => (await view?.snapshot.catalogue()) ?? []);
  let chunks = 0;
  for (let from = 0; from < papers.length && chunks < chunksMost && !signal.aborted; from += step) {
    const ids = papers.slice(from, from + step).map((paper) => paper.id);
    chunks += await library.use(async (view) => {
      if (view === null) return 0;
      const found = await view.snapshot.chunksOf(ids);
      const chunkIds = found.map((chunk) => chunk.id);
      await view.snapshot.tokens(chunkIds);
      await view.snapshot.vectors(chunkIds);
      await view.snapshot.chunks(chunkIds);
      return found.length;
    });
  }
}
