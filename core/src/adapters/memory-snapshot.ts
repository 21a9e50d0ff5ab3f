/** One generation of a memory store, as readers see it. */
import type { Chunk, Embedding, TokenVectors } from "../model/chunk.ts";
import type { Manifest } from "../model/manifest.ts";
import type { Hit, Limited, PostEntry, Snapshot, StoredPaper } from "../ports/index-store.ts";
import { chunkTerms, phraseTerms, queryTerms } from "./lexical-text.ts";
import { byScoreThenId, createNgramIndex, type NgramIndex, type ScoredId } from "./ngram-bm25.ts";
import {
  accepts,
  cardOf,
  compare,
  type FilterFacts,
  factsOf,
  foldFilter,
  newestFirst,
} from "./store-filter.ts";

/** What a publish leaves behind. */
export interface MemoryGeneration {
  readonly manifest: Manifest;
  readonly entries: ReadonlyMap<string, PostEntry>;
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
}

interface Row {
  readonly chunk: Chunk;
  readonly embedding: Embedding;
  readonly facts: FilterFacts;
  readonly terms: readonly string[];
}

export function openMemorySnapshot(generation: MemoryGeneration): Snapshot {
  const entries = [...generation.entries.values()];
  const papers = new Map(entries.flatMap((entry) => entry.papers.map((paper) => [paper.id, paper] as const)));
  const rows = new Map(entries.flatMap(rowsOf));
  const catalogue = [...papers.values()].map(cardOf).sort(newestFirst);
  let index: NgramIndex | null = null;

  const hits = (scored: readonly ScoredId[], limit: number): readonly Hit[] =>
    scored.slice(0, limit).flatMap(({ id, score }) => {
      const row = rows.get(id);
      return row === undefined ? [] : [{ chunkId: id, paperId: row.chunk.paperId, score }];
    });
  const acceptedBy = (options: Limited): ((row: Row) => boolean) => {
    const filter = foldFilter(options.filter);
    return (row) => accepts(filter, row.facts);
  };

  return {
    manifest: generation.manifest,
    async nearest(vector, options) {
      const accepted = [...rows.values()].filter(acceptedBy(options));
      const scored = accepted.map(({ chunk, embedding }) => ({
        id: chunk.id,
        score: cosine(vector, embedding.vector),
      }));
      return hits(scored.sort(byScoreThenId), options.limit);
    },
    async match(text, options) {
      index ??= createNgramIndex(new Map([...rows].map(([id, row]) => [id, row.terms])));
      const accept = acceptedBy(options);
      const scored = index.search(queryTerms(text), (id) => {
        const row = rows.get(id);
        return row !== undefined && accept(row);
      });
      return hits(scored, options.limit);
    },
    async holding(phrase, options) {
      const terms = phraseTerms(phrase);
      if (terms.length === 0) return [];
      index ??= createNgramIndex(new Map([...rows].map(([id, row]) => [id, row.terms])));
      const accept = acceptedBy({ ...options, limit: rows.size });
      const scored = index.search(terms, (id) => {
        const row = rows.get(id);
        return row !== undefined && accept(row) && terms.every((term) => row.terms.includes(term));
      });
      return hits(scored, rows.size);
    },
    chunks: async (ids) => ids.flatMap((id) => rows.get(id)?.chunk ?? []),
    async chunksOf(paperIds) {
      const wanted = new Set(paperIds);
      const found = [...rows.values()].map((row) => row.chunk).filter((chunk) => wanted.has(chunk.paperId));
      return found.sort((a, b) => compare(a.paperId, b.paperId) || a.ordinal - b.ordinal);
    },
    tokens: async (ids) => pick(ids, (id) => rows.get(id)?.embedding.tokens ?? null),
    vectors: async (ids) => pick(ids, (id) => rows.get(id)?.embedding.vector ?? null),
    catalogue: async () => catalogue,
    paper: async (id): Promise<StoredPaper | null> => papers.get(id) ?? null,
    posts: async () => entries.map((entry) => entry.post).sort((a, b) => compare(a.path, b.path)),
    asset: async (id) => entries.flatMap((entry) => entry.assets).find((asset) => asset.id === id) ?? null,
    documentFrequencies: async () =>
      documentFrequencies([...rows.values()].map((row) => row.embedding.tokens)),
    artifact: async (name) => generation.artifacts.get(name) ?? null,
    close: async () => undefined,
  };
}

/** In how many texts each token id occurs. */
export function documentFrequencies(
  texts: Iterable<Pick<TokenVectors, "ids"> | null>,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const text of texts) {
    for (const id of new Set(text?.ids ?? [])) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function rowsOf(entry: PostEntry): (readonly [string, Row])[] {
  const papers = new Map(entry.papers.map((paper) => [paper.id, paper]));
  return entry.chunks.flatMap((chunk, position) => {
    const paper = papers.get(chunk.paperId);
    const embedding = entry.embeddings[position];
    if (paper === undefined || embedding === undefined) return [];
    return [
      [chunk.id, { chunk, embedding, facts: factsOf(paper), terms: chunkTerms(chunk, paper) }] as const,
    ];
  });
}

function pick<T>(ids: readonly string[], find: (id: string) => T | null): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const id of ids) {
    const value = find(id);
    if (value !== null) found.set(id, value);
  }
  return found;
}

function cosine(left: Float32Array, right: Float32Array): number {
  let product = 0;
  let leftSquare = 0;
  let rightSquare = 0;
  for (let i = 0; i < left.length; i++) {
    const a = left[i] ?? 0;
    const b = right[i] ?? 0;
    product += a * b;
    leftSquare += a * a;
    rightSquare += b * b;
  }
  const norm = Math.sqrt(leftSquare * rightSquare);
  return norm === 0 ? 0 : product / norm;
}
