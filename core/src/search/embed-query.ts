/** The query's own vectors, or why there are none. */
import type { Limitation } from "../contract.ts";
import type { Embedding } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";

/**
 * Encodes the query in lower case. What can't be done is added to `limitations`, and the search goes on by letters.
 *
 * @returns null without an embedder, and when it failed.
 * @throws the signal's reason when it is aborted.
 */
export async function embedQuery(
  embedder: Embedder | null,
  text: string,
  limitations: Limitation[],
  signal: AbortSignal | undefined,
): Promise<Embedding | null> {
  if (embedder === null) {
    limitations.push({ code: "not-loaded" });
    return null;
  }
  try {
    const [embedding] = await embedder.embed(
      [lowered(text)],
      "query",
      signal === undefined ? {} : { signal },
    );
    return embedding ?? null;
  } catch (cause) {
    signal?.throwIfAborted();
    limitations.push({ code: "failed" });
    if (!(cause instanceof Error)) throw cause;
    return null;
  }
}

/** Capitals in a query are a habit, not a meaning. Left as it is where lower case has another length, which would move the places of its tokens. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}
