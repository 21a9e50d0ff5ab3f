/** Which chunks are worth a closer look: the nearest by vector, the best by letters, and those of papers that were named. */
import type { Hit } from "../ports/index-store.ts";

export interface Candidate {
  readonly chunkId: string;
  readonly paperId: string;
  readonly semantic: StagePlace | null;
  readonly lexical: StagePlace | null;
  /** Reciprocal rank fusion of the two. */
  readonly fused: number;
}

export interface StagePlace {
  readonly rank: number;
  readonly score: number;
}

/** Hits of each kind that go on: more change nothing in the first ten (docs/ranking.md). */
export const candidatesPerKind = 100;

/** Candidates that go on after fusion, beside those that were named: the re-ranking's time grows with them. */
export const candidatesMax = 100;

/** Damps the first ranks (Cormack, Clarke and Büttcher, SIGIR 2009). */
const fusionConstant = 60;

/**
 * The union of both lists, best fused first, cut at `candidatesMax`; ties by chunk id. `named` are chunks that an exact rule
 * asks for: they stay, whatever their rank.
 */
export function unite(
  semantic: readonly Hit[],
  lexical: readonly Hit[],
  named: readonly { readonly chunkId: string; readonly paperId: string }[] = [],
): readonly Candidate[] {
  const places = new Map<
    string,
    { paperId: string; semantic: StagePlace | null; lexical: StagePlace | null }
  >();
  for (const [index, hit] of semantic.entries()) {
    places.set(hit.chunkId, {
      paperId: hit.paperId,
      semantic: { rank: index + 1, score: hit.score },
      lexical: null,
    });
  }
  for (const [index, hit] of lexical.entries()) {
    const known = places.get(hit.chunkId);
    const lexicalPlace = { rank: index + 1, score: hit.score };
    places.set(hit.chunkId, {
      paperId: hit.paperId,
      semantic: known?.semantic ?? null,
      lexical: lexicalPlace,
    });
  }
  for (const chunk of named) {
    if (!places.has(chunk.chunkId))
      places.set(chunk.chunkId, { paperId: chunk.paperId, semantic: null, lexical: null });
  }
  const kept = new Set(named.map(({ chunkId }) => chunkId));
  return [...places]
    .map(([chunkId, place]) => ({ chunkId, ...place, fused: fusedScore(place.semantic, place.lexical) }))
    .sort((one, other) => other.fused - one.fused || (one.chunkId < other.chunkId ? -1 : 1))
    .filter(({ chunkId }, index) => index < candidatesMax || kept.has(chunkId));
}

function fusedScore(...places: readonly (StagePlace | null)[]): number {
  return places.reduce((sum, place) => sum + (place === null ? 0 : 1 / (fusionConstant + place.rank)), 0);
}
