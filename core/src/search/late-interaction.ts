/** Late interaction: how well a document's token vectors answer each part of the query (MaxSim, ColBERT, arXiv 2004.12832). */
import type { TokenVectors } from "../model/chunk.ts";
import type { Range } from "../model/place.ts";
import { isAskingWord, isFunctionWord } from "../text/function-words.ts";
import { wordsOf } from "../text/words.ts";
import type { GlossarySpan } from "./glossary.ts";

/** The query as rows of the matrix product, and the parts that the rows belong to. */
export interface QueryPlan {
  /** `count * dimensions` values. */
  readonly rows: Float32Array;
  readonly count: number;
  readonly parts: readonly QueryPart[];
  /** Concepts that the query as a whole may mean. */
  readonly concepts: readonly PlannedConcept[];
}

/** A concept of the lexicon as further readings of the whole query: one for each of its terms. */
export interface PlannedConcept {
  readonly name: string;
  /** How much it counts, more than 0 and at most 1. */
  readonly closeness: number;
  readonly readings: readonly Reading[];
}

/** A word of the query, or a term of several words that the glossary knows. */
export interface QueryPart {
  readonly range: Range;
  readonly text: string;
  /** Weights of all parts add up to 1. */
  readonly weight: number;
  /** Says nothing of the subject: counts for little and marks nothing. */
  readonly grammar: boolean;
  /** Its own tokens first, then those of terms that mean the same. */
  readonly readings: readonly Reading[];
}

export interface Reading {
  readonly text: string;
  /** First row, and one weight for each of its rows; the weights add up to 1. */
  readonly from: number;
  readonly weights: readonly number[];
}

/** How rare a token id is. */
export interface TokenStatistics {
  readonly documents: number;
  readonly frequencies: ReadonlyMap<number, number>;
}

/** Weight of grammar and of the words of asking, as a share of what their rarity would give them. */
export const grammarShare = 0.3;
/** Subtracted from a reading that is not the query's own, from the third term of a group on. */
const farTermPenalty = 0.05;
/** Weight of the best concept against the query's own words, for a concept that is fully close. */
const conceptShare = 0.5;

/** Square root of the inverse document frequency, log((N + 1) / (df + 0.5)) (Spärck Jones 1972, smoothed). */
export function tokenWeight(id: number, statistics: TokenStatistics): number {
  const frequency = statistics.frequencies.get(id) ?? 0;
  return Math.sqrt(Math.max(0.01, Math.log((statistics.documents + 1) / (frequency + 0.5))));
}

/**
 * Lays out a query for the matrix product. `spans` don't overlap; `termVectors` gives the vectors of a term encoded alone,
 * or undefined while there are none.
 */
export function planQuery(
  text: string,
  tokens: TokenVectors,
  spans: readonly GlossarySpan[],
  termVectors: (term: string) => TokenVectors | undefined,
  statistics: TokenStatistics,
): QueryPlan {
  const rows: Float32Array[] = [];
  const drafts: { part: Omit<QueryPart, "weight">; mass: number }[] = [];
  const reading = readingsInto(rows, 0, statistics);
  for (const piece of piecesOf(text, tokens, spans)) {
    const label = text.slice(...piece.range);
    const [own, mass] = reading(label, tokens, piece.tokens);
    const readings = [own];
    for (const term of piece.span?.equivalents ?? []) {
      const vectors = termVectors(term);
      if (vectors === undefined || vectors.count === 0) continue;
      readings.push(reading(term, vectors)[0]);
    }
    const folded = wordsOf(label).map((word) => word.folded);
    const grammar =
      piece.span === undefined && folded.every((word) => isFunctionWord(word) || isAskingWord(word));
    drafts.push({
      part: { range: piece.range, text: label, grammar, readings },
      mass: mass * (grammar ? grammarShare : 1),
    });
  }
  const total = drafts.reduce((sum, draft) => sum + draft.mass, 0) || 1;
  return {
    rows: concatenate(rows),
    count: rows.length,
    parts: drafts.map(({ part, mass }) => ({ ...part, weight: mass / total })),
    concepts: [],
  };
}

/** The plan with concepts; those of whose terms none has vectors are left out. */
export function withConcepts(
  plan: QueryPlan,
  concepts: readonly {
    readonly name: string;
    readonly closeness: number;
    readonly terms: readonly string[];
  }[],
  termVectors: (term: string) => TokenVectors | undefined,
  statistics: TokenStatistics,
): QueryPlan {
  const rows: Float32Array[] = [];
  const reading = readingsInto(rows, plan.count, statistics);
  // A term that the glossary has added already, or an earlier concept, is not multiplied again.
  const known = new Map(
    plan.parts.flatMap(({ readings: [, ...added] }) => added.map((given) => [given.text, given] as const)),
  );
  const readingOf = (term: string): readonly Reading[] => {
    const given = known.get(term);
    if (given !== undefined) return [given];
    const vectors = termVectors(term);
    if (vectors === undefined || vectors.count === 0) return [];
    const [made] = reading(term, vectors);
    known.set(term, made);
    return [made];
  };
  const planned = concepts.flatMap(({ name, closeness, terms }): readonly PlannedConcept[] => {
    const readings = terms.flatMap(readingOf);
    return readings.length === 0 ? [] : [{ name, closeness, readings }];
  });
  return {
    ...plan,
    rows: concatenate([plan.rows, ...rows]),
    count: plan.count + rows.length,
    concepts: planned,
  };
}

/** Adds the rows of one reading after another; each comes with the sum of its tokens' weights. */
function readingsInto(rows: Float32Array[], first: number, statistics: TokenStatistics) {
  return (
    text: string,
    vectors: TokenVectors,
    indexes: readonly number[] = [...Array(vectors.count).keys()],
  ): readonly [Reading, number] => {
    const from = first + rows.length;
    const masses = indexes.map((index) => tokenWeight(vectors.ids[index] ?? 0, statistics));
    const mass = masses.reduce((sum, value) => sum + value, 0);
    for (const index of indexes) rows.push(rowOf(vectors, index));
    return [{ text, from, weights: masses.map((value) => value / (mass || 1)) }, mass];
  };
}

export interface LateScore {
  /** Mean of the parts' and the best concept's: a cosine, about 0.2 for chance and 0.6 for a good match. */
  readonly score: number;
  /** For each part, its score and the reading that gave it. */
  readonly parts: readonly ReadingScore[];
  /** Of the concept that answered best, weighed by its closeness; null without concepts. */
  readonly concept: (ReadingScore & { readonly concept: number }) | null;
}

export interface ReadingScore {
  readonly score: number;
  readonly reading: number;
}

/**
 * The score of a document from its best similarity to each row: the weighted mean over the parts, and by a share the best
 * concept. A document is about one of the concepts, so their maximum counts, each by its closeness.
 */
export function lateScore(plan: QueryPlan, maxima: Float32Array): LateScore {
  const parts = plan.parts.map((part) => bestReading(part.readings, maxima, farTermPenalty));
  const own = parts.reduce((sum, { score }, index) => sum + (plan.parts[index]?.weight ?? 0) * score, 0);
  let concept: LateScore["concept"] = null;
  let bonus = 0;
  let closest = 0;
  for (const [index, { closeness, readings }] of plan.concepts.entries()) {
    const found = bestReading(readings, maxima, 0);
    closest = Math.max(closest, closeness);
    if (concept !== null && closeness * found.score <= bonus) continue;
    bonus = closeness * found.score;
    concept = { ...found, concept: index };
  }
  return { score: (own + conceptShare * bonus) / (1 + conceptShare * closest), parts, concept };
}

function bestReading(readings: readonly Reading[], maxima: Float32Array, penalty: number): ReadingScore {
  let best = Number.NEGATIVE_INFINITY;
  let chosen = 0;
  for (const [index, reading] of readings.entries()) {
    let sum = index > 2 ? -penalty : 0;
    for (const [offset, weight] of reading.weights.entries())
      sum += weight * (maxima[reading.from + offset] ?? 0);
    if (sum > best) {
      best = sum;
      chosen = index;
    }
  }
  return { score: best, reading: chosen };
}

/** The maxima of the document at `place` as cosines: `scale` undoes the int8 coding. */
export function scaled(maxima: Float32Array, place: number, count: number, scale: number): Float32Array {
  return maxima.subarray(place * count, (place + 1) * count).map((value) => value * scale);
}

/** The rows of the query's parts, with what the glossary adds to them: all but those of concepts, which come last. */
export function rowsOfParts({ parts, rows, count }: QueryPlan): {
  readonly rows: Float32Array;
  readonly count: number;
} {
  const ends = parts.flatMap(({ readings }) => readings.map(({ from, weights }) => from + weights.length));
  const own = Math.max(0, ...ends);
  return { rows: rows.subarray(0, count === 0 ? 0 : (rows.length / count) * own), count: own };
}

interface Piece {
  readonly range: Range;
  readonly tokens: readonly number[];
  readonly span: GlossarySpan | undefined;
}

/** The query cut into glossary terms and the words between them; a token belongs to the first piece that it touches. */
function piecesOf(text: string, tokens: TokenVectors, spans: readonly GlossarySpan[]): readonly Piece[] {
  const free = wordsOf(text).filter((word) => !spans.some((span) => overlap(span.range, word.range)));
  const borders = [
    ...spans.map((span) => ({ range: span.range, span })),
    ...free.map((word) => ({ range: word.range, span: undefined })),
  ].sort((one, other) => one.range[0] - other.range[0]);
  const taken = new Set<number>();
  return borders.flatMap(({ range, span }) => {
    const indexes: number[] = [];
    for (let index = 0; index < tokens.count; index += 1) {
      const place: Range = [tokens.offsets[2 * index] ?? 0, tokens.offsets[2 * index + 1] ?? 0];
      if (taken.has(index) || !overlap(place, range)) continue;
      taken.add(index);
      indexes.push(index);
    }
    return indexes.length === 0 ? [] : [{ range, tokens: indexes, span }];
  });
}

function overlap(one: Range, other: Range): boolean {
  return one[0] < other[1] && other[0] < one[1];
}

function rowOf({ values, dimensions, scale }: TokenVectors, index: number): Float32Array {
  const row = new Float32Array(dimensions);
  const from = index * dimensions;
  for (let d = 0; d < dimensions; d += 1) row[d] = (values[from + d] as number) * scale;
  return row;
}

function concatenate(rows: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let offset = 0;
  for (const row of rows) {
    result.set(row, offset);
    offset += row.length;
  }
  return result;
}
