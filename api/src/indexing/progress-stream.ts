/** Progress as bytes of an event stream (WHATWG HTML, section 9.2): written only as fast as the client reads. */
import type { IndexProgress } from "@nonmun/core/model/progress";
import type { Indexing } from "../deps.ts";

export interface ProgressStreamOptions {
  readonly heartbeatMs: number;
  /** The stream ends when one of these is aborted. */
  readonly until: readonly AbortSignal[];
  /** Called once, whatever ended the stream. */
  readonly onEnd: () => void;
}

/** Begins with `first`, goes on with what `indexing` tells, and shows signs of life in between. */
export function progressStream(
  indexing: Indexing | null,
  first: IndexProgress,
  { heartbeatMs, until, onEnd }: ProgressStreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  // Only the newest state waits for a slow reader; those before it are out of date.
  let waiting: IndexProgress | null = first;
  let end: () => void = () => undefined;

  function flush(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (waiting === null || (controller.desiredSize ?? 0) <= 0) return;
    const event = `event: progress\ndata: ${JSON.stringify(waiting)}\n\n`;
    waiting = null;
    controller.enqueue(encoder.encode(event));
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const unsubscribe = indexing?.subscribe((progress) => {
          waiting = progress;
          flush(controller);
        });
        const heartbeat = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(": still here\n\n"));
        }, heartbeatMs);
        end = once(() => {
          clearInterval(heartbeat);
          unsubscribe?.();
          for (const signal of until) signal.removeEventListener("abort", close);
          onEnd();
        });
        const close = () => {
          end();
          controller.close();
        };
        for (const signal of until) signal.addEventListener("abort", close, { once: true });
        if (until.some((signal) => signal.aborted)) close();
      },
      pull: flush,
      cancel: () => end(),
    },
    { highWaterMark: 1 },
  );
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
