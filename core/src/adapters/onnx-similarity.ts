/** Dot products by ONNX Runtime over int8 token vectors, in slices short enough not to hold up the event loop. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { TokenVectors } from "../model/chunk.ts";
import { Failure } from "../model/failure.ts";
import type { Similarity } from "../ports/similarity.ts";
import { type CodedRows, codedRows } from "./coded-rows.ts";
import { codedMaximaGraph, productGraph } from "./onnx-product-graph.ts";
import { filledUp, laidOut, slicesAsTheyCome, slicesByLength } from "./product-slices.ts";

/**
 * Multiply-adds of one slice: 1 to 2 ms of one core. The runtime computes a slice without giving way to anything else, and a slice
 * of this size stays in the processor's cache while it is widened to floats.
 */
const sliceOperations = 16_000_000;

/** The same in whole numbers, which are multiplied several times as fast. */
const codedSliceOperations = 64_000_000;

interface Engine {
  readonly session: InferenceSession;
  /** Null where the processor can't multiply whole numbers without losing some. */
  readonly coded: InferenceSession | null;
  readonly memory: SpareMemory;
}

/** What each document is multiplied with: `count` rows. */
interface Rows {
  readonly values: Float32Array;
  readonly count: number;
}

/**
 * One thread by default: a second one gains a tenth on an idle machine and loses more on a busy one.
 *
 * @throws Failure `model-broken` when the runtime can't be loaded or refuses the graph.
 */
export async function createOnnxSimilarity(options: { readonly threads?: number } = {}): Promise<Similarity> {
  const threads = options.threads ?? 1;
  const session = await open(productGraph(), threads);
  const coded = await open(codedMaximaGraph(), threads);
  const isExact = await multipliesExactly(coded);
  if (!isExact) await coded.release();
  const engine: Engine = { session, coded: isExact ? coded : null, memory: createSpareMemory() };
  return {
    products: (values, count, documents) => products(engine, { values, count }, documents),
    maxima: (values, count, documents) => maxima(engine, { values, count }, documents),
    async close() {
      await session.release();
      await engine.coded?.release();
    },
  };
}

async function open(graph: Uint8Array, threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(graph, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Slices are of one size, so the arena stays at what one of them needs. Without it, each slice gets its memory from the
      // system and gives it back: 5 ms of the system's time a search under the settings of scripts/bootstrap.mjs.
      enableCpuMemArena: true,
    });
  } catch (cause) {
    throw new Failure("model-broken", "The matrix product of the re-ranking could not be set up.", {
      advice: "Install the dependencies again (npm start does), so that onnxruntime-node fits this machine.",
      cause,
    });
  }
}

/**
 * Older processors (AVX2 without VNNI) add two products in 16 bits, where the largest have no room
 * (onnxruntime.ai/docs/performance/model-optimizations/quantization.html, "When and why do I need to try U8U8?").
 */
async function multipliesExactly(coded: InferenceSession): Promise<boolean> {
  const [dimensions, tokens, count] = [64, 16, 16];
  const values = new Int8Array(tokens * dimensions).fill(127);
  const columns = new Int8Array(dimensions * count).fill(127);
  const found = new Int32Array(count);
  await runCoded(coded, [1, tokens], values, { columns, scales: new Float64Array(count).fill(1) }, found);
  return found.every((value) => value === dimensions * 127 * 127);
}

async function products(
  engine: Engine,
  rows: Rows,
  documents: readonly TokenVectors[],
): Promise<Float32Array> {
  const total = documents.reduce((sum, document) => sum + document.count, 0);
  const result = new Float32Array(total * rows.count);
  if (result.length === 0) return result;
  const columns = columnsOf(rows);
  const slices = slicesAsTheyCome(documents, tokensAtOnce(rows, sliceOperations));
  const lent = engine.memory.take(
    (rows.values.length / rows.count) * Math.max(...slices.map(({ tokens }) => tokens)),
  );
  let done = 0;
  for (const slice of slices) {
    const end = done + slice.tokens * rows.count;
    // The runtime writes into the result: tensors of its own would be garbage outside of V8's heap, which makes it look for more.
    await run(
      engine.session,
      [1, slice.tokens],
      laidOut(slice, lent),
      columns,
      "products",
      result.subarray(done, end),
    );
    done = end;
  }
  engine.memory.give(lent);
  return result;
}

async function maxima(engine: Engine, rows: Rows, documents: readonly TokenVectors[]): Promise<Float32Array> {
  const { count } = rows;
  const result = new Float32Array(documents.length * count).fill(Number.NEGATIVE_INFINITY);
  const coded = engine.coded === null || count === 0 ? null : codedRows(rows.values, count);
  const most = tokensAtOnce(rows, coded === null ? sliceOperations : codedSliceOperations);
  const slices = count === 0 ? [] : slicesByLength(documents, most);
  if (slices.length === 0) return result;
  const filled = slices.map(({ places, longest }) => places.length * longest);
  const lent = engine.memory.take((rows.values.length / count) * Math.max(...filled));
  const run = maximaRunner(engine, rows, coded, Math.max(...slices.map(({ places }) => places.length)));
  for (const slice of slices) {
    const { places, longest } = slice;
    const best = await run([places.length, longest], filledUp(slice, lent));
    for (const [at, place] of places.entries()) {
      for (let row = 0; row < count; row += 1) {
        result[place * count + row] = (best[at * count + row] as number) * (coded?.scales[row] ?? 1);
      }
    }
  }
  engine.memory.give(lent);
  return result;
}

type Shape = readonly [documents: number, tokens: number];

/** Gives the maxima of one slice after the other, in memory of its own, in units of the rows' scales when they are coded. */
function maximaRunner(
  { session, coded: codedSession }: Engine,
  rows: Rows,
  coded: CodedRows | null,
  documentsMost: number,
): (shape: Shape, values: Int8Array) => Promise<Float32Array | Int32Array> {
  const size = documentsMost * rows.count;
  if (coded !== null && codedSession !== null) {
    const found = new Int32Array(size);
    return async (shape, values) => {
      const best = found.subarray(0, shape[0] * rows.count);
      await runCoded(codedSession, shape, values, coded, best);
      return best;
    };
  }
  const found = new Float32Array(size);
  const columns = columnsOf(rows);
  return async (shape, values) => {
    const best = found.subarray(0, shape[0] * rows.count);
    await run(session, shape, values, columns, "maxima", best);
    return best;
  };
}

async function runCoded(
  session: InferenceSession,
  [documents, tokens]: Shape,
  values: Int8Array,
  { columns, scales }: CodedRows,
  target: Int32Array,
): Promise<void> {
  const dimensions = columns.length / scales.length;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.length);
  await session.run(
    {
      documents: new Tensor("uint8", bytes, [documents, tokens, dimensions]),
      columns: new Tensor("int8", columns, [dimensions, scales.length]),
    },
    { maxima: new Tensor("int32", target, [documents, scales.length]) },
  );
}

/** Multiplies `documents`, of `tokens` each, and writes what is `wanted` into `target`. */
async function run(
  session: InferenceSession,
  [documents, tokens]: Shape,
  values: Int8Array,
  columns: Tensor,
  wanted: "products" | "maxima",
  target: Float32Array,
): Promise<void> {
  const [dimensions = 0, count = 0] = columns.dims;
  const shape = wanted === "products" ? [documents, tokens, count] : [documents, count];
  await session.run(
    { documents: new Tensor("int8", values, [documents, tokens, dimensions]), columns },
    { [wanted]: new Tensor("float32", target, shape) },
  );
}

function tokensAtOnce({ values }: Rows, operations: number): number {
  return Math.max(1, Math.floor(operations / values.length));
}

function columnsOf({ values, count }: Rows): Tensor {
  const dimensions = values.length / count;
  const columns = new Float32Array(values.length);
  for (let row = 0; row < count; row += 1) {
    for (let k = 0; k < dimensions; k += 1) {
      columns[k * count + row] = values[row * dimensions + k] ?? 0;
    }
  }
  return new Tensor("float32", columns, [dimensions, count]);
}

/** Memory that a slice is laid out in, lent to one product at a time. */
interface SpareMemory {
  take(bytes: number): Int8Array;
  give(memory: Int8Array): void;
}

/** Pieces that are kept, as many as products usually run side by side, and the most bytes of one. */
const sparesMax = 2;
const spareBytesMax = 4 * 1024 * 1024;

/** Without it a search takes 5 MB anew, and V8 looks for garbage in the whole heap every few searches. */
function createSpareMemory(): SpareMemory {
  const spares: Int8Array[] = [];
  return {
    take(bytes) {
      const at = spares.findIndex(({ length }) => length >= bytes);
      return (at === -1 ? undefined : spares.splice(at, 1)[0]) ?? new Int8Array(bytes);
    },
    give(memory) {
      if (memory.length > spareBytesMax) return;
      spares.push(memory);
      // The largest stay: they are of use to every product.
      if (spares.length > sparesMax) spares.sort((one, other) => other.length - one.length).pop();
    },
  };
}
