/** The two searches over the chunks: by vector and by terms. */
import { MatchQuery, Operator, type Query, type Table, type VectorQuery } from "@lancedb/lancedb";
import { Failure } from "../../model/failure.ts";
import type { Manifest } from "../../model/manifest.ts";
import type { Filter, Hit, Limited } from "../../ports/index-store.ts";
import { phraseTerms, queryTerms } from "../lexical-text.ts";
import { compare, foldFilter } from "../store-filter.ts";
import { numbersOf, type Rows, stringsOf } from "./columns.ts";
import type { Settings } from "./options.ts";
import { filterCondition } from "./sql.ts";
import type { TermBlock } from "./term-block.ts";
import type { VectorBlock } from "./vector-block.ts";

/** Partitions of the vector index that are searched; 10 more cost half a millisecond at 100,000 chunks. */
const probes = 40;

/** Chunks by cosine similarity. `inMemory` gives the vectors in memory, when the index is small enough.
 *
 * @throws Failure `index-mismatch` when the vector has another length than the index's.
 */
export async function nearest(
  chunks: Table,
  manifest: Manifest,
  settings: Settings,
  inMemory: () => Promise<VectorBlock>,
  vector: Float32Array,
  options: Limited,
): Promise<readonly Hit[]> {
  if (vector.length !== manifest.recipe.dimensions) {
    throw new Failure(
      "index-mismatch",
      `The query's vector has ${vector.length} dimensions, the index ${manifest.recipe.dimensions}.`,
    );
  }
  if (manifest.counts.chunks === 0 || options.limit <= 0) return [];
  const isSmall = manifest.counts.chunks < Math.min(settings.inMemoryBelow, settings.exactBelow);
  if (isSmall && filterCondition(foldFilter(options.filter)) === null) {
    return (await inMemory()).nearest(vector, options.limit);
  }
  const query = chunks.query().nearestTo(vector).column("vector").distanceType("cosine");
  if (manifest.counts.chunks < settings.exactBelow) query.bypassVectorIndex();
  else query.nprobes(probes);
  const result = await narrowed(query, options).select(["id", "paper_id", "_distance"]).toArrow();
  return hitsFrom(result, options.limit, "_distance", (distance) => 1 - distance);
}

/** Chunks by BM25 over their terms. `inMemory` gives the terms in memory, when the index is small enough
 * and they are worth reading. */
export async function match(
  chunks: Table,
  manifest: Manifest,
  settings: Settings,
  inMemory: () => Promise<TermBlock | null>,
  text: string,
  options: Limited,
): Promise<readonly Hit[]> {
  const terms = queryTerms(text);
  if (manifest.counts.chunks === 0 || terms.length === 0 || options.limit <= 0) return [];
  const isSmall = manifest.counts.chunks < settings.inMemoryBelow;
  const isWithoutFilter = filterCondition(foldFilter(options.filter)) === null;
  const block = isSmall && isWithoutFilter ? await inMemory() : null;
  if (block !== null) return block.match(terms, options.limit);
  const query = chunks.query().fullTextSearch(terms.join(" "), { columns: ["grams"] });
  const result = await narrowed(query, options).select(["id", "paper_id", "_score"]).toArrow();
  return hitsFrom(result, options.limit, "_score", (score) => score);
}

/** Chunks that have every term of a phrase, whatever their number. */
export async function holding(
  chunks: Table,
  manifest: Manifest,
  phrase: string,
  options: { readonly filter?: Filter },
): Promise<readonly Hit[]> {
  const terms = phraseTerms(phrase);
  const limit = manifest.counts.chunks;
  if (limit === 0 || terms.length === 0) return [];
  const all = new MatchQuery(terms.join(" "), "grams", { operator: Operator.And });
  const query = chunks.query().fullTextSearch(all);
  const result = await narrowed(query, { ...options, limit })
    .select(["id", "paper_id", "_score"])
    .toArrow();
  return hitsFrom(result, limit, "_score", (score) => score);
}

/** Rows that tie with the last one asked for are cut by id, not by chance: so a few more are asked for. */
const tiesMax = 32;

function narrowed<T extends Query | VectorQuery>(query: T, options: Limited): T {
  const condition = filterCondition(foldFilter(options.filter));
  if (condition !== null) query.where(condition);
  query.limit(options.limit + tiesMax);
  return query;
}

function hitsFrom(
  result: Rows,
  limit: number,
  scoreColumn: string,
  toScore: (value: number) => number,
): readonly Hit[] {
  const ids = stringsOf(result, "id");
  const papers = stringsOf(result, "paper_id");
  const scores = numbersOf(result, scoreColumn);
  const hits = ids.map((chunkId, row) => ({
    chunkId,
    paperId: papers[row] ?? "",
    score: toScore(scores[row] ?? 0),
  }));
  return hits.sort((a, b) => b.score - a.score || compare(a.chunkId, b.chunkId)).slice(0, limit);
}
