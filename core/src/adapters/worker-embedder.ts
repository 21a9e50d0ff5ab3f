/** The encoder in a thread of its own: the caller's event loop goes on while the engine, which never gives way, computes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Embedding } from "../model/chunk.ts";
import { Failure } from "../model/failure.ts";
import type { Embedder, EmbedOptions, ModelProfile, TextKind } from "../ports/embedder.ts";
import {
  type EncoderReply,
  type EncoderRequest,
  type EncoderStart,
  receiveFailure,
} from "./encoder-messages.ts";
import type { DownloadProgress } from "./model-download.ts";
import { createModelTokenizer } from "./model-tokenizer.ts";
import type { TransformersOptions } from "./transformers-embedder.ts";

export interface WorkerOptions extends TransformersOptions {
  /**
   * Most memory for the thread's JavaScript, in megabytes, 512 by default; the model's weights are not part of it. A
   * tokenizer of 250,000 pieces takes about 200.
   */
  readonly heapMb?: number;
  /** Whether the thread has a lower priority than others have, where a thread can have its own (Linux). */
  readonly givesWay?: boolean;
}

/** Megabytes for young objects: what a batch makes dies with it, so the thread needs few. */
const youngMb = 16;

/** Milliseconds after which a thread that does not end by itself is ended. A batch takes a tenth of that. */
const closeMs = 5000;

/**
 * Opens a model as `openTransformersEmbedder` does, in a thread of its own. When the thread dies, what it was asked fails
 * with `model-broken`, and the next request starts another.
 *
 * @throws Failure `model-missing`, `model-broken`, `model-unreachable` or `bad-config`, before any weights are loaded.
 */
export async function openWorkerEmbedder(
  model?: string,
  { onProgress, heapMb = 512, givesWay = false, ...options }: WorkerOptions = {},
): Promise<Embedder> {
  const start: EncoderStart = { model, options, givesWay };
  let thread = startThread(start, heapMb, onProgress);
  const { profile, folder } = await thread.opened;
  const count = tokenCounter(folder);
  let closed = false;

  async function embed(
    texts: readonly string[],
    kind: TextKind,
    embedOptions: EmbedOptions = {},
  ): Promise<readonly Embedding[]> {
    if (closed) throw broken(profile.id, "it was closed");
    if (texts.length === 0) return [];
    if (thread.ended()) thread = startThread(start, heapMb);
    const now = await thread.opened;
    const { signal } = embedOptions;
    if (signal?.aborted === true) throw cancelled(signal);
    if (now.profile.fingerprint !== profile.fingerprint)
      throw broken(profile.id, "its files were changed while it was in use");
    return thread.embed(texts, kind, embedOptions);
  }

  return {
    profile,
    countTokens: (text) => count(text),
    embed,
    async close() {
      closed = true;
      await thread.close();
    },
  };
}

interface Opened {
  readonly profile: ModelProfile;
  readonly folder: string;
}

interface EncoderThread {
  /** Rejects when the model is refused or the thread dies before. */
  readonly opened: Promise<Opened>;
  ended(): boolean;
  embed(texts: readonly string[], kind: TextKind, options: EmbedOptions): Promise<readonly Embedding[]>;
  close(): Promise<void>;
}

function startThread(
  start: EncoderStart,
  heapMb: number,
  onProgress: (progress: DownloadProgress) => void = () => undefined,
): EncoderThread {
  const name = "encoder";
  const url = new URL("./encoder-thread.ts", import.meta.url);
  const resourceLimits = { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb };
  // Flags of the process are not the thread's: `--input-type`, for one, would keep it from starting.
  const worker = new Worker(url, { name, workerData: start, resourceLimits, execArgv: [] });
  const opened = Promise.withResolvers<Opened>();
  const waiting = new Map<number, PromiseWithResolvers<readonly Embedding[]>>();
  const gone = Promise.withResolvers<void>();
  let next = 0;
  let death: Error | null = null;
  let over = false;

  const ask = (request: EncoderRequest): void => worker.postMessage(request);
  function settle(id: number): PromiseWithResolvers<readonly Embedding[]> | undefined {
    const found = waiting.get(id);
    waiting.delete(id);
    // A thread that has nothing to do must not keep a finished program alive.
    if (waiting.size === 0) worker.unref();
    return found;
  }

  function hear(reply: EncoderReply): void {
    switch (reply.kind) {
      case "downloading":
        onProgress(reply.progress);
        break;
      case "opened":
        if (waiting.size === 0) worker.unref();
        opened.resolve(reply);
        break;
      case "refused":
        over = true;
        opened.reject(receiveFailure(reply.failure));
        worker.postMessage({ kind: "close" } satisfies EncoderRequest);
        break;
      case "embedded":
        settle(reply.id)?.resolve(reply.embeddings);
        break;
      case "failed":
        settle(reply.id)?.reject(receiveFailure(reply.failure));
        break;
    }
  }

  worker.on("message", hear);
  worker.on("error", (error) => {
    death = error instanceof Error ? error : new Error(String(error));
  });
  worker.on("exit", () => {
    over = true;
    const failure = died(start.model, death);
    opened.reject(failure);
    for (const id of [...waiting.keys()]) settle(id)?.reject(failure);
    gone.resolve();
  });
  // Whoever asks is told; while nobody does, a refusal is no unhandled error.
  opened.promise.catch(() => undefined);

  return {
    opened: opened.promise,
    ended: () => over,
    embed(texts, textKind, { signal, jobSize, onEmbedded }) {
      const id = next++;
      const answer = Promise.withResolvers<readonly Embedding[]>();
      waiting.set(id, answer);
      worker.ref();
      const cancel = (): void => {
        ask({ kind: "cancel", id });
        if (signal !== undefined) settle(id)?.reject(cancelled(signal));
      };
      signal?.addEventListener("abort", cancel, { once: true });
      ask({ kind: "embed", id, texts, textKind, jobSize });
      return answer.promise
        .then((embeddings) => {
          onEmbedded?.(texts.length);
          return embeddings;
        })
        .finally(() => signal?.removeEventListener("abort", cancel));
    },
    async close() {
      over = true;
      worker.ref();
      ask({ kind: "close" });
      const timer = setTimeout(() => worker.terminate(), closeMs);
      await gone.promise;
      clearTimeout(timer);
    },
  };
}

/** Counts without asking the thread: the answer is wanted at once. A process that never counts never reads the tokenizer. */
function tokenCounter(folder: string): (text: string) => number {
  let count: ((text: string) => number) | null = null;
  const read = (name: string): object => JSON.parse(readFileSync(join(folder, name), "utf8")) as object;
  return (text) => {
    count ??= createModelTokenizer(read("tokenizer.json"), read("tokenizer_config.json")).count;
    return count(text);
  };
}

function broken(model: string, what: string): Failure {
  return new Failure("model-broken", `The model ${model} can't be used: ${what}.`, {
    advice: "Start the program again.",
    subject: model,
  });
}

function died(model: string | undefined, cause: Error | null): Failure {
  return new Failure("model-broken", "The thread that runs the model ended before it had answered.", {
    advice:
      "The next search starts it again. If it goes on ending, there may be too little memory: close other programs, or use a smaller model.",
    ...(model === undefined ? {} : { subject: model }),
    ...(cause === null ? {} : { cause }),
  });
}

function cancelled(signal: AbortSignal): Failure {
  return new Failure("cancelled", "Embedding was cancelled.", { cause: signal.reason });
}
