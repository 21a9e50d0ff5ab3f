/** Exact BM25 over n-grams, in memory: the reference that the memory store answers with. */
export interface NgramIndex {
  /** Every accepted document that holds one of `terms`, best first; ties by id. */
  search(terms: readonly string[], accept: (id: string) => boolean): readonly ScoredId[];
}

export interface ScoredId {
  readonly id: string;
  readonly score: number;
}

/** The usual constants of BM25 (Robertson and Zaragoza, 2009, "The Probabilistic Relevance Framework"). */
const k1 = 1.2;
const b = 0.75;

interface Posting {
  readonly document: number;
  readonly frequency: number;
}

/** @param documents id to terms, with repetitions. */
export function createNgramIndex(documents: ReadonlyMap<string, readonly string[]>): NgramIndex {
  const ids = [...documents.keys()];
  const postings = new Map<string, Posting[]>();
  const lengths = [...documents.values()].map((terms, document) => addDocument(postings, document, terms));
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);

  return {
    search(terms, accept) {
      const scores = new Map<number, number>();
      for (const gram of new Set(terms)) {
        const list = postings.get(gram) ?? [];
        const weight = Math.log(1 + (ids.length - list.length + 0.5) / (list.length + 0.5));
        for (const { document, frequency } of list) {
          const norm = k1 * (1 - b + (b * (lengths[document] ?? 0)) / meanLength);
          const gain = (weight * frequency * (k1 + 1)) / (frequency + norm);
          scores.set(document, (scores.get(document) ?? 0) + gain);
        }
      }
      return [...scores]
        .map(([document, score]) => ({ id: ids[document] ?? "", score }))
        .filter((hit) => accept(hit.id))
        .sort(byScoreThenId);
    },
  };
}

/** Best first; equal scores in the order of their ids, so that the same index always answers in the same order. */
export function byScoreThenId(left: ScoredId, right: ScoredId): number {
  if (left.score !== right.score) return right.score - left.score;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

function addDocument(postings: Map<string, Posting[]>, document: number, grams: readonly string[]): number {
  const frequencies = new Map<string, number>();
  for (const gram of grams) frequencies.set(gram, (frequencies.get(gram) ?? 0) + 1);
  for (const [gram, frequency] of frequencies) {
    const list = postings.get(gram) ?? [];
    list.push({ document, frequency });
    postings.set(gram, list);
  }
  return grams.length;
}
