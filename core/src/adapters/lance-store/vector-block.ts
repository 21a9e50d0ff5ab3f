/** The vectors of a small generation in one block of memory: comparing with all of them takes less time than asking LanceDB. */
import type { Table } from "@lancedb/lancedb";
import type { Hit } from "../../ports/index-store.ts";
import { compare } from "../store-filter.ts";
import { stringsOf, vectorsOf } from "./columns.ts";

export interface VectorBlock {
  /** Chunks by cosine similarity to a vector of the block's dimensions, best first; ties by chunk id. */
  nearest(vector: Float32Array, limit: number): readonly Hit[];
}

/** Reads the vectors of every chunk: 1.5 MB for 1,000. */
export async function readVectorBlock(chunks: Table): Promise<VectorBlock> {
  const result = await chunks.query().select(["id", "paper_id", "vector"]).toArrow();
  const ids = stringsOf(result, "id");
  const papers = stringsOf(result, "paper_id");
  const vectors = vectorsOf(result);
  const dimensions = vectors[0]?.length ?? 0;
  const block = new Float32Array(vectors.length * dimensions);
  for (const [row, vector] of vectors.entries()) {
    const length = lengthOf(vector) || 1;
    block.set(
      vector.map((value) => value / length),
      row * dimensions,
    );
  }
  return {
    nearest(vector, limit) {
      const length = lengthOf(vector) || 1;
      const hits = ids.map((chunkId, row) => ({
        chunkId,
        paperId: papers[row] ?? "",
        score: product(block, row * dimensions, vector) / length,
      }));
      return hits.sort((a, b) => b.score - a.score || compare(a.chunkId, b.chunkId)).slice(0, limit);
    },
  };
}

/** Four sums at a time, since each addition would wait for the one before it. */
function product(block: Float32Array, from: number, vector: Float32Array): number {
  const whole = vector.length - (vector.length % 4);
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let k = 0; k < whole; k += 4) {
    first += (block[from + k] as number) * (vector[k] as number);
    second += (block[from + k + 1] as number) * (vector[k + 1] as number);
    third += (block[from + k + 2] as number) * (vector[k + 2] as number);
    fourth += (block[from + k + 3] as number) * (vector[k + 3] as number);
  }
  for (let k = whole; k < vector.length; k += 1) first += (block[from + k] as number) * (vector[k] as number);
  return first + second + third + fourth;
}

function lengthOf(vector: Float32Array): number {
  return Math.sqrt(product(vector, 0, vector));
}
