/** Documents cut into slices of a matrix product, and laid out in one block of memory for each slice. */
import type { TokenVectors } from "../model/chunk.ts";

/** Documents that are multiplied in one go. */
export interface Slice {
  readonly documents: readonly TokenVectors[];
  /** Where each of them stands among those that were given. */
  readonly places: readonly number[];
  readonly tokens: number;
  /** Tokens of the longest document. */
  readonly longest: number;
}

/**
 * How much longer than its shortest document the longest of a slice may be, where all are filled up to its length; a slice of few
 * tokens may be as uneven as it is, for a slice more costs as much as multiplying these.
 */
const stretchMax = 1.25;
const evenFrom = 400;

/** Runs of documents with at most `most` tokens together; a longer document makes a slice of its own. */
export function slicesAsTheyCome(documents: readonly TokenVectors[], most: number): readonly Slice[] {
  return cut(documents, filledPlaces(documents), (tokens) => tokens > most);
}

/** The same of documents sorted by length, so that filled up to the longest of a slice they have at most `most` tokens. */
export function slicesByLength(documents: readonly TokenVectors[], most: number): readonly Slice[] {
  const lengthOf = (place: number) => documents[place]?.count ?? 0;
  const places = filledPlaces(documents).sort((one, other) => lengthOf(one) - lengthOf(other) || one - other);
  return cut(
    documents,
    places,
    (tokens, longest, shortest, size) =>
      longest * size > most || (tokens > evenFrom && longest > stretchMax * shortest),
  );
}

type IsTooMuch = (tokens: number, longest: number, shortest: number, size: number) => boolean;

function cut(
  documents: readonly TokenVectors[],
  places: readonly number[],
  isTooMuch: IsTooMuch,
): readonly Slice[] {
  const slices: Slice[] = [];
  let open: { documents: TokenVectors[]; places: number[]; tokens: number; longest: number } | null = null;
  for (const place of places) {
    const document = documents[place];
    if (document === undefined) continue;
    const { count } = document;
    const shortest = open?.documents[0]?.count ?? count;
    if (
      open === null ||
      isTooMuch(open.tokens + count, Math.max(open.longest, count), shortest, open.places.length + 1)
    ) {
      open = { documents: [], places: [], tokens: 0, longest: 0 };
      slices.push(open);
    }
    open.documents.push(document);
    open.places.push(place);
    open.tokens += count;
    open.longest = Math.max(open.longest, count);
  }
  return slices;
}

function filledPlaces(documents: readonly TokenVectors[]): number[] {
  return [...documents.keys()].filter((place) => (documents[place]?.count ?? 0) > 0);
}

/** One document after the other. A document alone is given as it is. */
export function laidOut({ documents, tokens }: Slice, memory: Int8Array): Int8Array {
  const [first] = documents;
  if (first !== undefined && documents.length === 1) return first.values;
  let offset = 0;
  for (const { values } of documents) {
    memory.set(values, offset);
    offset += values.length;
  }
  return memory.subarray(0, tokens * (first?.dimensions ?? 0));
}

/**
 * One document after the other, each filled up to the length of the longest by repeating its own tokens: what is repeated changes
 * no maximum.
 */
export function filledUp({ documents, longest }: Slice, memory: Int8Array): Int8Array {
  const [first] = documents;
  if (first !== undefined && documents.length === 1) return first.values;
  const size = longest * (first?.dimensions ?? 0);
  for (const [at, { values }] of documents.entries()) {
    const from = at * size;
    memory.set(values, from);
    for (let filled = values.length; filled < size; filled *= 2) {
      memory.copyWithin(from + filled, from, from + Math.min(filled, size - filled));
    }
  }
  return memory.subarray(0, documents.length * size);
}
