/** Dot products by ONNX Runtime over int8 token vectors, in slices short enough not to hold up the event loop. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { TokenVectors } from "../model/chunk.ts";
import { Failure } from "../model/failure.ts";
import type { Similarity } from "../ports/similarity.ts";
import { productGraph } from "./onnx-product-graph.ts";
import { filledUp, laidOut, slicesAsTheyCome, slicesByLength } from "./product-slices.ts";

/**
 * Multiply-adds of one slice: 1 to 2 ms of one core. The runtime computes a slice without giving way to anything else, and a slice
 * of this size stays in the processor's cache while it is widened to floats.
 */
const sliceOperations = 16_000_000;

interface Engine {
  readonly session: InferenceSession;
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
  const session = await open(options.threads ?? 1);
  const engine: Engine = { session, memory: createSpareMemory() };
  return {
    products: (values, count, documents) => products(engine, { values, count }, documents),
    maxima: (values, count, documents) => maxima(engine, { values, count }, documents),
    close: () => session.release(),
  };
}

async function open(threads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(productGraph(), {
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

async function products(
  engine: Engine,
  rows: Rows,
  documents: readonly TokenVectors[],
): Promise<Float32Array> {
  const total = documents.reduce((sum, document) => sum + document.count, 0);
  const result = new Float32Array(total * rows.count);
  if (result.length === 0) return result;
  const columns = columnsOf(rows);
  const slices = slicesAsTheyCome(documents, tokensAtOnce(rows));
  const lent = engine.memory.take(
    (rows.values.length / rows.count) * Math.max(...slices.map(({ tokens }) => tokens)),
  );
  let done = 0;
  for (const slice of slices) {
    const end = done + slice.tokens * rows.count;
    // The runtime writes into the result: tensors of its own would be garbage outside of V8's heap, which makes it look for more.
    await run(
      engine,
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
  const slices = count === 0 ? [] : slicesByLength(documents, tokensAtOnce(rows));
  if (slices.length === 0) return result;
  const columns = columnsOf(rows);
  const filled = slices.map(({ places, longest }) => places.length * longest);
  const lent = engine.memory.take((rows.values.length / count) * Math.max(...filled));
  const found = new Float32Array(count * Math.max(...slices.map(({ places }) => places.length)));
  for (const slice of slices) {
    const { places, longest } = slice;
    const best = found.subarray(0, places.length * count);
    await run(engine, [places.length, longest], filledUp(slice, lent), columns, "maxima", best);
    for (const [at, place] of places.entries()) {
      result.set(best.subarray(at * count, (at + 1) * count), place * count);
    }
  }
  engine.memory.give(lent);
  return result;
}

/** Multiplies `documents`, of `tokens` each, and writes what is `wanted` into `target`. */
async function run(
  { session }: Engine,
  [documents, tokens]: readonly [documents: number, tokens: number],
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

function tokensAtOnce({ values }: Rows): number {
  return Math.max(1, Math.floor(sliceOperations / values.length));
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
