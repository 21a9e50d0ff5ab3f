/** The encoder's thread: runs the model and answers its starter. Started by `worker-embedder.ts`, never imported. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Embedding } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";
import {
  type EncoderReply,
  type EncoderRequest,
  type EncoderStart,
  sendFailure,
} from "./encoder-messages.ts";
import { lowerPriority } from "./lower-priority.ts";
import { locateModel } from "./model-location.ts";
import { createTransformersEmbedder } from "./transformers-embedder.ts";

if (parentPort === null) throw new Error("This file is the program of a thread; open the worker embedder.");
await serve(parentPort, workerData as EncoderStart);

async function serve(port: MessagePort, { model, options, givesWay }: EncoderStart): Promise<void> {
  // Elsewhere it would be the priority of the whole process.
  if (givesWay && process.platform === "linux") lowerPriority("PRIORITY_BELOW_NORMAL");
  const tell = (reply: EncoderReply): void => port.postMessage(reply);
  const running = new Map<number, AbortController>();
  const opening = open();
  // Asked for before the model is open: requests wait for it, each in its turn.
  port.on("message", async (request: EncoderRequest) => {
    if (request.kind === "cancel") running.get(request.id)?.abort();
    if (request.kind === "embed") await answer(request);
    if (request.kind === "close") {
      await (await opening)?.close();
      // Nothing holds the thread any more, and it ends by itself: engines that are ended midway may crash the process.
      port.close();
    }
  });

  async function open(): Promise<Embedder | null> {
    try {
      const files = await locateModel(model, {
        ...options,
        onProgress: (progress) => tell({ kind: "downloading", progress }),
      });
      const embedder = createTransformersEmbedder(files, options);
      tell({ kind: "opened", profile: files.profile, folder: files.folder });
      return embedder;
    } catch (error) {
      tell({ kind: "refused", failure: sendFailure(error) });
      return null;
    }
  }

  async function answer({ id, texts, textKind, jobSize }: EncoderRequest & { kind: "embed" }): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const embedder = await opening;
      if (embedder === null) return;
      const { signal } = controller;
      const embeddings = await embedder.embed(texts, textKind, {
        signal,
        ...(jobSize === undefined ? {} : { jobSize }),
      });
      port.postMessage({ kind: "embedded", id, embeddings } satisfies EncoderReply, buffersOf(embeddings));
    } catch (error) {
      tell({ kind: "failed", id, failure: sendFailure(error) });
    } finally {
      running.delete(id);
    }
  }
}

/** The memory of the vectors, which moves to the other thread instead of being copied. */
function buffersOf(embeddings: readonly Embedding[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { vector, tokens } of embeddings) {
    for (const array of tokens === null ? [vector] : [vector, tokens.ids, tokens.offsets, tokens.values]) {
      const { buffer, byteLength } = array;
      // Memory that an array has not for itself is copied: the engine may own the rest.
      if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffers.add(buffer);
    }
  }
  return [...buffers];
}
