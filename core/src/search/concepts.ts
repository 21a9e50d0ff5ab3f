/** Which concepts of the lexicon a query describes: its words against the descriptions, by late interaction. */
import type { TokenVectors } from "../model/chunk.ts";
import type { Similarity } from "../ports/similarity.ts";
import { maximaOf, type QueryPlan } from "./late-interaction.ts";
import { type Concept, descriptionsOf, type Lexicon } from "./lexicon.ts";
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
  /** At most `conceptsMax` concepts, nearest first; none while the descriptions' vectors are not there. */
  find(plan: QueryPlan): Promise<readonly NearConcept[]>;
}

export const conceptsMax = 3;
/** Descriptions nearest by their mean token vector, which alone are compared token by token. */
const comparedMax = 100;
/**
 * Similarity at which a concept begins to count, and how much further it counts fully. Queries of other subjects come to 0.40 at
 * the median, judged ones to 0.51 (docs/ranking.md, "The concept lexicon").
 */
const countsFrom = 0.42;
const countsFullyAfter = 0.2;

export function createConceptFinder(
  lexicon: Lexicon,
  vectors: TermVectors,
  similarity: Similarity,
): ConceptFinder {
  const descriptions = descriptionsOf(lexicon);
  const means: (Float32Array | undefined)[] = descriptions.map(() => undefined);
  const owners = ownersOf(lexicon);

  /** Means of all descriptions whose vectors have come by now. */
  function known(): readonly number[] {
    return descriptions.flatMap((description, at) => {
      const found = means[at] === undefined ? vectors.get(description) : undefined;
      if (found !== undefined && found.count > 0) means[at] = meanOf(found);
      return means[at] === undefined ? [] : [at];
    });
  }

  return {
    async find(plan) {
      const own = ownRows(plan);
      const wanted = meanOfRows(own.rows, own.weights);
      const nearest = known()
        .map((at) => ({ at, score: dot(means[at] ?? wanted, wanted) }))
        .sort((one, other) => other.score - one.score || one.at - other.at)
        .slice(0, comparedMax)
        .flatMap(({ at }) => {
          const description = descriptions[at] ?? "";
          const tokens = vectors.get(description);
          return tokens === undefined ? [] : [{ description, tokens }];
        });
      if (nearest.length === 0) return [];
      const products = await similarity.products(
        own.rows,
        own.weights.length,
        nearest.map(({ tokens }) => tokens),
      );
      return best(nearest, products, own.weights, owners);
    },
  };
}

interface Compared {
  readonly description: string;
  readonly tokens: TokenVectors;
}

function best(
  compared: readonly Compared[],
  products: Float32Array,
  weights: readonly number[],
  owners: ReadonlyMap<string, readonly Concept[]>,
): readonly NearConcept[] {
  const nearest = new Map<Concept, NearConcept>();
  let offset = 0;
  for (const { description, tokens } of compared) {
    const size = tokens.count * weights.length;
    const maxima = maximaOf(products.subarray(offset, offset + size), weights.length, tokens.scale);
    offset += size;
    const similarity = weights.reduce((sum, weight, row) => sum + weight * (maxima[row] ?? 0), 0);
    const closeness = Math.min(1, (similarity - countsFrom) / countsFullyAfter);
    if (closeness <= 0) continue;
    for (const concept of owners.get(description) ?? []) {
      if (similarity <= (nearest.get(concept)?.similarity ?? 0)) continue;
      nearest.set(concept, { concept, description, similarity, closeness });
    }
  }
  return [...nearest.values()]
    .sort(
      (one, other) => other.similarity - one.similarity || (one.concept.name < other.concept.name ? -1 : 1),
    )
    .slice(0, conceptsMax);
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

function meanOf({ values, count, dimensions }: TokenVectors): Float32Array {
  const sum = new Float32Array(dimensions);
  for (let at = 0; at < count * dimensions; at += 1) {
    sum[at % dimensions] = (sum[at % dimensions] as number) + (values[at] as number);
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

function normalized(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < one.length; k += 1) sum += (one[k] as number) * (other[k] as number);
  return sum;
}
