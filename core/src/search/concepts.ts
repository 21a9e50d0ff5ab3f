/** Which concepts of the lexicon a query describes: its words against the descriptions, by late interaction. */
import type { TokenVectors } from "../model/chunk.ts";
import { normalized } from "../model/vectors.ts";
import type { Similarity } from "../ports/similarity.ts";
import { type QueryPlan, scaled } from "./late-interaction.ts";
import { type Concept, descriptionsOf, type Lexicon } from "./lexicon.ts";
import type { Pause } from "./slices.ts";
import type { TermVectors } from "./term-vectors.ts";

/** A concept that the query seems to describe. */
export interface NearConcept {
  readonly concept: Concept;
  /** The description that came nearest. */
  readonly description: string;
  /** Weighted mean of the query's tokens' best cosines in it. */
  readonly similarity: number;
  /** How much the concept counts, more than 0 and at most 1. */
  readonly closeness: number;
}

export interface ConceptFinder {
  /**
   * At most `conceptsMax` concepts, nearest first. Descriptions whose means are not there yet are passed over.
   *
   * @throws what the embedder throws when the vectors of the nearest descriptions have to be made and can't be.
   */
  find(plan: QueryPlan, options?: FindOptions): Promise<readonly NearConcept[]>;
}

export interface FindOptions {
  readonly pause?: Pause;
  readonly signal?: AbortSignal;
}

/** Mean token vectors by description, made before with the same model: each as the vectors of one token. */
export type DescriptionMeans = Pick<ReadonlyMap<string, TokenVectors>, "get" | "has">;

export const conceptsMax = 3;
/** Of the nearest concept's closeness: with less, one can't answer better than the nearest, and only makes the product longer. */
const closestShare = 0.6;
/** Descriptions nearest by their mean token vector, which alone are compared token by token. */
const comparedMax = 16;
/**
 * Similarity at which a concept begins to count, and how much further it counts fully. Queries of other subjects come to 0.40 at
 * the median, judged ones to 0.51 (docs/ranking.md, "The concept lexicon").
 */
const countsFrom = 0.45;
const countsFullyAfter = 0.2;

/** @param made means of descriptions that need not wait until `vectors` has those of all their tokens. */
export function createConceptFinder(
  lexicon: Lexicon,
  vectors: TermVectors,
  similarity: Similarity,
  made: DescriptionMeans = new Map(),
): ConceptFinder {
  const descriptions = descriptionsOf(lexicon);
  const means = createMeans(
    descriptions,
    (text) => made.get(text) ?? meanFrom(vectors.get(text)),
    similarity,
  );
  const owners = ownersOf(lexicon);

  return {
    async find(plan, { pause = async () => undefined, signal } = {}) {
      const own = ownRows(plan);
      await means.fill(own.rows.length / (own.weights.length || 1), pause);
      const places = await means.nearest(meanOfRows(own.rows, own.weights), comparedMax);
      const near = places.map((at) => descriptions[at] ?? "");
      await vectors.load(near, signal);
      const nearest = near.flatMap((description) => {
        const tokens = vectors.get(description);
        return tokens === undefined ? [] : [{ description, tokens }];
      });
      if (nearest.length === 0) return [];
      const maxima = await similarity.maxima(
        own.rows,
        own.weights.length,
        nearest.map(({ tokens }) => tokens),
      );
      return best(nearest, maxima, own.weights, owners);
    },
  };
}

/** Means that are computed at a time: about 2 ms. */
const sliceSize = 200;

/** Mean token vectors of the descriptions, as the tokens of one document: a query is multiplied with all of them. */
function createMeans(
  descriptions: readonly string[],
  meanOfText: (text: string) => TokenVectors | undefined,
  similarity: Similarity,
) {
  const count = descriptions.length;
  const scales = new Float32Array(count);
  let values = new Int8Array();
  const missing = new Set(descriptions.keys());

  return {
    /** Takes up the descriptions whose vectors have come since, some at a time. */
    async fill(dimensions: number, pause: Pause): Promise<void> {
      if (values.length === 0) values = new Int8Array(count * dimensions);
      let filled = 0;
      for (const at of [...missing]) {
        const found = meanOfText(descriptions[at] ?? "");
        if (found === undefined || !missing.delete(at)) continue;
        values.set(found.values, at * dimensions);
        scales[at] = found.scale;
        filled += 1;
        if (filled % sliceSize === 0) await pause();
      }
    },
    /** Places of the nearest descriptions, best first. */
    async nearest(wanted: Float32Array, limit: number): Promise<readonly number[]> {
      const all = { count, dimensions: wanted.length, ids: noIds, offsets: noOffsets, values, scale: 1 };
      const products = await similarity.products(wanted, 1, [all]);
      return bestPlaces(limit, count, (at) =>
        // A mean that has not come yet is nowhere near.
        missing.has(at) ? Number.NEGATIVE_INFINITY : Math.fround((products[at] ?? 0) * (scales[at] ?? 0)),
      );
    },
  };
}

/** Places of the best scores, best first, of equal ones the first; in one pass, as there are thousands and few are wanted. */
function bestPlaces(limit: number, count: number, scoreAt: (place: number) => number): readonly number[] {
  const places: number[] = [];
  const scores: number[] = [];
  for (let place = 0; place < count; place += 1) {
    const score = scoreAt(place);
    const isFull = places.length === limit;
    if (score === Number.NEGATIVE_INFINITY || (isFull && score <= (scores[limit - 1] ?? 0))) continue;
    let at = isFull ? limit - 1 : places.length;
    for (; at > 0 && (scores[at - 1] ?? 0) < score; at -= 1) {
      scores[at] = scores[at - 1] ?? 0;
      places[at] = places[at - 1] ?? 0;
    }
    scores[at] = score;
    places[at] = place;
  }
  return places;
}

/** Means stand for no token and no place in a text. */
const noIds = new Int32Array();
const noOffsets = new Uint32Array();

interface Compared {
  readonly description: string;
  readonly tokens: TokenVectors;
}

function best(
  compared: readonly Compared[],
  maxima: Float32Array,
  weights: readonly number[],
  owners: ReadonlyMap<string, readonly Concept[]>,
): readonly NearConcept[] {
  const nearest = new Map<Concept, NearConcept>();
  for (const [place, { description, tokens }] of compared.entries()) {
    const own = scaled(maxima, place, weights.length, tokens.scale);
    const similarity = weights.reduce((sum, weight, row) => sum + weight * (own[row] ?? 0), 0);
    const closeness = Math.min(1, (similarity - countsFrom) / countsFullyAfter);
    if (closeness <= 0) continue;
    for (const concept of owners.get(description) ?? []) {
      if (similarity <= (nearest.get(concept)?.similarity ?? 0)) continue;
      nearest.set(concept, { concept, description, similarity, closeness });
    }
  }
  const inOrder = [...nearest.values()].sort(
    (one, other) => other.similarity - one.similarity || (one.concept.name < other.concept.name ? -1 : 1),
  );
  const enough = closestShare * (inOrder[0]?.closeness ?? 0);
  return inOrder.slice(0, conceptsMax).filter(({ closeness }) => closeness >= enough);
}

function ownersOf({ concepts }: Lexicon): ReadonlyMap<string, readonly Concept[]> {
  const owners = new Map<string, Concept[]>();
  for (const concept of concepts) {
    for (const description of concept.descriptions) {
      owners.set(description, [...(owners.get(description) ?? []), concept]);
    }
  }
  return owners;
}

/** The query's own tokens, without the glossary's, and what each of them weighs; the weights add up to 1. */
function ownRows(plan: QueryPlan): { readonly rows: Float32Array; readonly weights: readonly number[] } {
  const dimensions = plan.count === 0 ? 0 : plan.rows.length / plan.count;
  const picked = plan.parts.flatMap((part) => {
    const [own] = part.readings;
    return (own?.weights ?? []).map((weight, offset) => ({
      row: (own?.from ?? 0) + offset,
      weight: weight * part.weight,
    }));
  });
  const rows = new Float32Array(picked.length * dimensions);
  for (const [at, { row }] of picked.entries()) {
    rows.set(plan.rows.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  }
  return { rows, weights: picked.map(({ weight }) => weight) };
}

/** The mean of a description's token vectors in int8, as the vectors of one token: what `DescriptionMeans` holds. */
export function storedMean(tokens: TokenVectors): TokenVectors {
  const mean = meanOf(tokens);
  const scale = mean.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127 || 1;
  return {
    count: 1,
    dimensions: mean.length,
    ids: Int32Array.of(0),
    offsets: Uint32Array.of(0, 0),
    values: Int8Array.from(mean, (value) => Math.round(value / scale)),
    scale,
  };
}

function meanFrom(tokens: TokenVectors | undefined): TokenVectors | undefined {
  return tokens === undefined ? undefined : storedMean(tokens);
}

function meanOf({ values, count, dimensions }: TokenVectors): Float32Array {
  const sum = new Float32Array(dimensions);
  for (let token = 0; token < count; token += 1) {
    const from = token * dimensions;
    for (let k = 0; k < dimensions; k += 1) sum[k] = (sum[k] as number) + (values[from + k] as number);
  }
  return normalized(sum);
}

function meanOfRows(rows: Float32Array, weights: readonly number[]): Float32Array {
  const dimensions = weights.length === 0 ? 0 : rows.length / weights.length;
  const sum = new Float32Array(dimensions);
  for (const [row, weight] of weights.entries()) {
    for (let k = 0; k < dimensions; k += 1) {
      sum[k] = (sum[k] as number) + weight * (rows[row * dimensions + k] as number);
    }
  }
  return normalized(sum);
}
