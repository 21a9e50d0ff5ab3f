/** What a map is made of. */

/** A paper's place; both coordinates from 0 to 1. */
export interface MapPosition {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** The papers to lay out. There may be more of them than memory holds vectors: those are asked for when they are needed. */
export interface MapPapers {
  readonly ids: readonly string[];
  /** L2-normalised vectors of some of the papers, all of one length, by paper id. */
  vectors(ids: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
}
