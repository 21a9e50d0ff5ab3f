/** The terms of a small generation in memory: BM25 over them takes a tenth of asking LanceDB, and none of its threads. */
import { setImmediate } from "node:timers/promises";
import type { Table } from "@lancedb/lancedb";
import type { Hit } from "../../ports/index-store.ts";
import { compare } from "../store-filter.ts";
import { stringsOf } from "./columns.ts";

export interface TermBlock {
  /** Chunks that hold one of `terms`, best BM25 first; ties by chunk id. The scores are LanceDB's to the fifth digit. */
  match(terms: readonly string[], limit: number): readonly Hit[];
}

/** The constants of LanceDB's BM25, which are the usual ones (Robertson and Zaragoza 2009). */
const k1 = 1.2;
const b = 0.75;

/** Chunks whose terms are taken up at a time: 1 to 2 ms. */
const chunksAtOnce = 20;

/** One term's chunks, by row, each followed by how often it holds the term. */
type Postings = Uint32Array;

/** Reads the terms of every chunk: about 2 MB in memory for 1,000. Gives way to others between slices. */
export async function readTermBlock(chunks: Table): Promise<TermBlock> {
  const result = await chunks.query().select(["id", "paper_id", "grams"]).toArrow();
  const ids = stringsOf(result, "id");
  const papers = stringsOf(result, "paper_id");
  const texts = stringsOf(result, "grams");
  const growing = new Map<string, number[]>();
  const lengths = new Uint32Array(ids.length);
  for (const [row, text] of texts.entries()) {
    lengths[row] = takeUp(growing, row, text);
    if (row % chunksAtOnce === chunksAtOnce - 1) await setImmediate();
  }
  const postings = new Map<string, Postings>();
  for (const [term, list] of growing) postings.set(term, Uint32Array.from(list));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const norms = Float64Array.from(lengths, (length) => k1 * (1 - b + (b * length) / (mean || 1)));

  return {
    match(terms, limit) {
      const scores = new Float64Array(ids.length);
      for (const term of terms) addGains(scores, postings.get(term) ?? none, norms);
      const hits: Hit[] = [];
      for (const [row, score] of scores.entries()) {
        // In the precision of the index, so that what is equal there is equal here and goes by id.
        if (score > 0)
          hits.push({ chunkId: ids[row] ?? "", paperId: papers[row] ?? "", score: Math.fround(score) });
      }
      return hits
        .sort((one, other) => other.score - one.score || compare(one.chunkId, other.chunkId))
        .slice(0, limit);
    },
  };
}

const none: Postings = new Uint32Array();

/** Adds a chunk's terms, and returns how many it has, with repetitions. */
function takeUp(growing: Map<string, number[]>, row: number, text: string): number {
  let length = 0;
  const counts = new Map<string, number>();
  for (const term of text.split(" ")) {
    if (term === "") continue;
    counts.set(term, (counts.get(term) ?? 0) + 1);
    length += 1;
  }
  for (const [term, count] of counts) {
    const list = growing.get(term);
    if (list === undefined) growing.set(term, [row, count]);
    else list.push(row, count);
  }
  return length;
}

function addGains(scores: Float64Array, postings: Postings, norms: Float64Array): void {
  const holders = postings.length / 2;
  const weight = Math.log(1 + (scores.length - holders + 0.5) / (holders + 0.5));
  // Indexes, not iterators: a common pair of letters is in every chunk.
  for (let at = 0; at < postings.length; at += 2) {
    const row = postings[at] as number;
    const frequency = postings[at + 1] as number;
    scores[row] =
      (scores[row] as number) + (weight * frequency * (k1 + 1)) / (frequency + (norms[row] as number));
  }
}
