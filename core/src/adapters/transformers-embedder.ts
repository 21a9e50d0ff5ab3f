/** The embedder that runs a real encoder, through `@huggingface/transformers`. */
import { type PreTrainedModel, Tensor } from "@huggingface/transformers";
import type { Embedding } from "../model/chunk.ts";
import { Failure } from "../model/failure.ts";
import type { Embedder, EmbedOptions, TextKind } from "../ports/embedder.ts";
import { isLargeJob } from "./large-job.ts";
import { createModelEngine, type WeightForm } from "./model-engine.ts";
import type { ModelFiles } from "./model-files.ts";
import { cacheFolderOf, type LocateOptions, locateModel } from "./model-location.ts";
import { createModelTokenizer, type Encoded, type ModelTokenizer } from "./model-tokenizer.ts";
import { pool, tokenVectors } from "./model-vectors.ts";
import { expandedWeights } from "./model-weights.ts";

export interface TransformersOptions extends LocateOptions {
  /** Threads of the engine; by default it takes one for each core. */
  readonly threads?: number;
  /** The same while `expanded` weights are used; by default as many. */
  readonly largeJobThreads?: number;
  /** Most tokens in one batch, padding included. */
  readonly batchTokens?: number;
  /**
   * `expanded` writes 4-bit weights out as floats into the cache and loads those, unless a job is too small to pay for
   * it. The vectors are the same to four digits, and so is the fingerprint.
   */
  readonly weights?: WeightForm;
}

/** Larger batches are slower (docs/performance.md), hold more memory and answer an abort later. */
const defaultBatchTokens = 512;

/**
 * Opens a model: a folder, the name of a folder in `data/models`, or a Hugging Face id, which is downloaded once.
 * The weights are loaded when the first text is embedded: embed one query to warm it. The engine computes on the calling
 * thread; `worker-embedder.ts` keeps that thread free.
 *
 * @throws Failure `model-missing`, `model-broken`, `model-unreachable` or `bad-config`, before any weights are loaded.
 */
export async function openTransformersEmbedder(
  model?: string,
  options: TransformersOptions = {},
): Promise<Embedder> {
  return createTransformersEmbedder(await locateModel(model, options), options);
}

/** @throws Failure `model-broken` when the tokenizer can't be read. */
export function createTransformersEmbedder(model: ModelFiles, options: TransformersOptions = {}): Embedder {
  const tokenizer = createTokenizer(model);
  // The tokenizer has taken what it needs of its files, which are megabytes.
  const { tokenizer: _, tokenizerConfig: __, ...files } = model;
  const { profile } = files;
  const engine = createModelEngine({
    threads: (form) => (form === "expanded" ? (options.largeJobThreads ?? options.threads) : options.threads),
    locate: (form) =>
      form === "expanded"
        ? expandedWeights(files, cacheFolderOf(options))
        : Promise.resolve({ folder: files.folder, dtype: files.entry.dtype }),
    refusal: (cause) => broken(files, "its weights can't be loaded", cause),
  });
  let closed = false;

  async function embed(
    texts: readonly string[],
    kind: TextKind,
    { signal, jobSize, onEmbedded }: EmbedOptions = {},
  ): Promise<readonly Embedding[]> {
    if (closed) throw broken(files, "it was closed");
    const prefix = profile.prefixes[kind];
    const items = texts.map((text, place) => {
      return { place, encoded: tokenizer.encode(prefix, text, profile.maxTokens) };
    });
    const form = isLargeJob(jobSize) ? (options.weights ?? "stored") : "stored";
    const found = new Map<number, Embedding>();
    for (const batch of batches(items, options.batchTokens ?? defaultBatchTokens)) {
      if (signal?.aborted === true) throw cancelled(signal);
      if (closed) throw broken(files, "it was closed");
      await engine.use(form, (model) =>
        run(model, files, tokenizer.padId, batch, (place, embedding) => found.set(place, embedding)),
      );
      onEmbedded?.(batch.length);
    }
    if (signal?.aborted === true) throw cancelled(signal);
    return [...found].sort(([a], [b]) => a - b).map(([, embedding]) => embedding);
  }

  async function close(): Promise<void> {
    closed = true;
    await engine.close();
  }

  return { profile, countTokens: tokenizer.count, embed, close };
}

/** A model whose tokenizer was made and whose weights are still in their file. */
type Model = Omit<ModelFiles, "tokenizer" | "tokenizerConfig">;

/** A text to embed: its place in the order given, and its tokens. */
interface Item {
  readonly place: number;
  readonly encoded: Encoded;
}

/** Texts of similar length together, so that little is padding; the longest first, so that memory grows only once. */
function batches(items: readonly Item[], budget: number): readonly (readonly Item[])[] {
  const sorted = [...items].sort((a, b) => b.encoded.ids.length - a.encoded.ids.length || a.place - b.place);
  const made: Item[][] = [];
  let current: Item[] = [];
  for (const item of sorted) {
    const width = current[0]?.encoded.ids.length ?? 0;
    if (current.length > 0 && width * (current.length + 1) > budget) {
      made.push(current);
      current = [];
    }
    current.push(item);
  }
  if (current.length > 0) made.push(current);
  return made;
}

function createTokenizer(files: ModelFiles): ModelTokenizer {
  try {
    return createModelTokenizer(files.tokenizer, files.tokenizerConfig);
  } catch (cause) {
    throw broken(files, "its tokenizer can't be read", cause);
  }
}

async function run(
  model: PreTrainedModel,
  files: Model,
  padId: number,
  batch: readonly Item[],
  take: (place: number, embedding: Embedding) => void,
): Promise<void> {
  const { entry, lateInteraction, profile } = files;
  const width = Math.max(...batch.map(({ encoded }) => encoded.ids.length));
  const { ids, mask } = feeds(batch, width, padId);
  const shape = [batch.length, width];
  const inputs = {
    input_ids: new Tensor("int64", ids, shape),
    attention_mask: new Tensor("int64", mask, shape),
  };
  let output: Tensor;
  try {
    output = outputTensor(await model(inputs), entry.output);
  } catch (cause) {
    throw broken(files, "its engine failed on a batch", cause);
  }
  try {
    const pooled = entry.output === "sentence_embedding";
    const { dimensions } = profile;
    const values = floats(output, batch.length * (pooled ? 1 : width) * dimensions, files);
    for (const [row, { place, encoded }] of batch.entries()) {
      const states = { values, start: row * (pooled ? 1 : width) * dimensions, dimensions };
      const vector = pool(states, pooled ? 1 : encoded.ids.length, entry.pooling);
      const late = pooled ? null : lateInteraction;
      const tokens = late === null ? null : tokenVectors(states, encoded, encoded.ids, encoded.offsets, late);
      take(place, { vector, tokens });
    }
  } finally {
    output.dispose();
    for (const tensor of Object.values(inputs)) tensor.dispose();
  }
}

function feeds(
  batch: readonly Item[],
  width: number,
  padId: number,
): { ids: BigInt64Array; mask: BigInt64Array } {
  const ids = new BigInt64Array(batch.length * width).fill(BigInt(padId));
  const mask = new BigInt64Array(batch.length * width);
  for (const [row, { encoded }] of batch.entries()) {
    for (const [i, id] of encoded.ids.entries()) ids[row * width + i] = BigInt(id);
    mask.fill(1n, row * width, row * width + encoded.ids.length);
  }
  return { ids, mask };
}

/** Takes one output and frees the others. */
function outputTensor(outputs: Record<string, unknown>, name: string): Tensor {
  const wanted = outputs[name];
  for (const [key, value] of Object.entries(outputs)) {
    if (key !== name && value instanceof Tensor) value.dispose();
  }
  if (!(wanted instanceof Tensor)) throw new Error(`The model has no output ${name}.`);
  return wanted;
}

function floats(tensor: Tensor, length: number, files: Model): Float32Array {
  const { data } = tensor;
  if (data instanceof Float32Array && data.length === length) return data;
  throw broken(files, `its output is ${tensor.type} of [${tensor.dims.join(", ")}], not ${length} floats`);
}

function broken(files: Model, what: string, cause?: unknown): Failure {
  return new Failure("model-broken", `The model ${files.profile.id} can't be used: ${what}.`, {
    advice: "Copy the model's files again, or unset NONMUN_MODEL to use the model that comes with Nonmun.",
    subject: files.folder,
    cause,
  });
}

function cancelled(signal: AbortSignal): Failure {
  return new Failure("cancelled", "Embedding was cancelled.", { cause: signal.reason });
}
