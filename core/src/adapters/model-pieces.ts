/** Looks up the pieces that a text begins with, in a twentieth of the memory that the tokenizer library takes for it. */

/** What the library's Unigram model asks for. */
export interface PieceSearch {
  /** The pieces that are prefixes of `chars` from `start` on, shortest first. `chars` are code points. */
  common_prefix_search(chars: readonly string[], start?: number): Iterable<string>;
}

/**
 * The library keeps a tree with a `Map` for every prefix of every piece: 20 MB for 40,000 pieces. The pieces themselves are enough:
 * prefixes are asked for one by one, up to the longest piece that begins with the same character.
 */
export function createPieceSearch(pieces: readonly string[]): PieceSearch {
  const known = new Set(pieces);
  /** Code points of the longest piece, by its first. */
  const longest = new Map<string, number>();
  for (const piece of pieces) {
    const [first = ""] = piece;
    const length = [...piece].length;
    if (length > (longest.get(first) ?? 0)) longest.set(first, length);
  }
  return {
    *common_prefix_search(chars, start = 0) {
      const end = Math.min(chars.length, start + (longest.get(chars[start] ?? "") ?? 0));
      let prefix = "";
      for (let at = start; at < end; at++) {
        prefix += chars[at];
        if (known.has(prefix)) yield prefix;
      }
    },
  };
}
