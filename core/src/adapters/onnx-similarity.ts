/** Dot products by ONNX Runtime: one `MatMul` over int8 token vectors, in slices short enough not to hold up the event loop. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { TokenVectors } from "../model/chunk.ts";
import { Failure } from "../model/failure.ts";
import type { Similarity } from "../ports/similarity.ts";
import { productGraph } from "./onnx-product-graph.ts";

/**
 * Multiply-adds of one slice: 1 to 2 ms of one core. The runtime computes a slice without giving way to anything else, and a slice
 * of this size stays in the processor's cache while it is widened to floats.
 */
const sliceOperations = 16_000_000;

/**
 * One thread by default: a second one gains a tenth on an idle machine and loses more on a busy one.
 *
 * @throws Failure `model-broken` when the runtime can't be loaded or refuses the graph.
 */
export async function createOnnxSimilarity(options: { readonly threads?: number } = {}): Promise<Similarity> {
  const threads = options.threads ?? 1;
  const session = await open(threads);
  const memory = createSpareMemory();
  return {
    products: (rows, count, documents) => multiply(session, memory, rows, count, documents),
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

async function multiply(
  session: InferenceSession,
  memory: SpareMemory,
  rows: Float32Array,
  count: number,
  documents: readonly TokenVectors[],
): Promise<Float32Array> {
  const total = tokensIn(documents);
  const result = new Float32Array(total * count);
  const dimensions = documents[0]?.dimensions ?? 0;
  if (total === 0 || count === 0) return result;
  const columns = new Tensor("float32", transpose(rows, count, dimensions), [dimensions, count]);
  const longest = Math.max(1, Math.floor(sliceOperations / (dimensions * count)));
  const cut = slices(documents, longest);
  const lent = memory.take(Math.max(...cut.map(tokensIn)) * dimensions);
  let done = 0;
  for (const slice of cut) {
    const tokens = tokensIn(slice);
    const values = lent.subarray(0, tokens * dimensions);
    let offset = 0;
    for (const document of slice) {
      values.set(document.values, offset);
      offset += document.values.length;
    }
    const output = await session.run({
      documents: new Tensor("int8", values, [tokens, dimensions]),
      columns,
    });
    const products = output.products;
    if (products === undefined || !(products.data instanceof Float32Array)) {
      throw new Failure("model-broken", "The matrix product of the re-ranking gave no numbers.");
    }
    result.set(products.data, done * count);
    products.dispose();
    done += tokens;
  }
  memory.give(lent);
  return result;
}

function tokensIn(documents: readonly TokenVectors[]): number {
  return documents.reduce((sum, document) => sum + document.count, 0);
}

/** Runs of documents with at most `longest` tokens together; a longer document makes a slice of its own. */
function slices(documents: readonly TokenVectors[], longest: number): TokenVectors[][] {
  const result: TokenVectors[][] = [];
  let current: TokenVectors[] = [];
  let tokens = 0;
  for (const document of documents) {
    if (current.length > 0 && tokens + document.count > longest) {
      result.push(current);
      current = [];
      tokens = 0;
    }
    if (document.count === 0) continue;
    current.push(document);
    tokens += document.count;
  }
  if (current.length > 0) result.push(current);
  return result;
}

function transpose(rows: Float32Array, count: number, dimensions: number): Float32Array {
  const columns = new Float32Array(rows.length);
  for (let row = 0; row < count; row += 1) {
    for (let k = 0; k < dimensions; k += 1) {
      columns[k * count + row] = rows[row * dimensions + k] ?? 0;
    }
  }
  return columns;
}
