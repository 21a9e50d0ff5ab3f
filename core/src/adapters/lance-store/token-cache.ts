/** Token vectors that were read lately: a search re-reads the same candidates again and again. */
import type { TokenVectors } from "../../model/chunk.ts";

export interface TokenCache {
  /** Undefined when not known; null when the chunk has no token vectors. */
  get(chunkId: string): TokenVectors | null | undefined;
  set(chunkId: string, tokens: TokenVectors | null): void;
  readonly bytes: number;
}

/** Bytes that an entry takes besides its arrays: keys, objects, array headers. An estimate. */
const overhead = 600;

/** @param maxBytes the oldest entries leave when all together are larger. */
export function createTokenCache(maxBytes: number): TokenCache {
  // A Map keeps the order of insertion: what is looked up moves to its end, what leaves is its beginning.
  const entries = new Map<string, TokenVectors | null>();
  let bytes = 0;
  return {
    get(chunkId) {
      const found = entries.get(chunkId);
      if (found === undefined) return undefined;
      entries.delete(chunkId);
      entries.set(chunkId, found);
      return found;
    },
    set(chunkId, tokens) {
      const known = entries.get(chunkId);
      if (known !== undefined) bytes -= sizeOf(known);
      entries.delete(chunkId);
      entries.set(chunkId, tokens);
      bytes += sizeOf(tokens);
      for (const [oldest, leaving] of entries) {
        if (bytes <= maxBytes) break;
        entries.delete(oldest);
        bytes -= sizeOf(leaving);
      }
    },
    get bytes() {
      return bytes;
    },
  };
}

function sizeOf(tokens: TokenVectors | null): number {
  if (tokens === null) return overhead;
  return overhead + tokens.ids.byteLength + tokens.offsets.byteLength + tokens.values.byteLength;
}
