/** Encoders side by side for large jobs: engines of few threads each, which wait for each other less than threads of one engine. */
import { availableParallelism } from "node:os";
import type { Embedding } from "../model/chunk.ts";
import type { Embedder, EmbedOptions, TextKind } from "../ports/embedder.ts";
import { isLargeJob } from "./large-job.ts";
import { openWorkerEmbedder, type WorkerOptions } from "./worker-embedder.ts";

export interface PoolOptions extends Omit<WorkerOptions, "largeJobThreads" | "weights"> {
  /** Most encoders; by default two, where the machine has as many cores. Each takes its own copy of the weights. */
  readonly size?: number;
  /** Milliseconds after a large job in which another may begin, before all is made ready for small ones; 2000 by default. */
  readonly restMs?: number;
}

/** UTF-8 bytes of the texts that an encoder gets at once: about one batch of it, so that none waits long for the last. */
const sliceBytes = 4096;
/** Slices that an encoder has at once: while it computes one, the next is on its way. */
const slicesAhead = 2;

/**
 * Opens a model as `openWorkerEmbedder` does. The cores are shared out among the encoders when a large job is embedded; the
 * others are started after the first has embedded something, which finds and prepares the weights, and freed when as many texts
 * as the job was said to have are embedded. The others give way to what else the machine does, so that searches stay quick. A small job goes to the first alone, on all cores; some seconds after a large one,
 * its weights are freed.
 *
 * @throws Failure `model-missing`, `model-broken`, `model-unreachable` or `bad-config`, before any weights are loaded.
 */
export async function openEncoderPool(
  model?: string,
  { size = 2, restMs = 2000, ...options }: PoolOptions = {},
): Promise<Embedder> {
  const cores = options.threads ?? availableParallelism();
  const encoders = Math.max(1, Math.min(size, cores));
  const largeJobThreads = Math.floor(cores / encoders);
  const open = (givesWay: boolean) =>
    openWorkerEmbedder(model, { ...options, weights: "expanded", largeJobThreads, givesWay });
  const first = await open(false);
  const openOther = () => open(true);
  if (encoders === 1) return first;

  let team = gather(first, openOther, encoders);
  let disbanded: Promise<unknown> = Promise.resolve();
  let jobs = 0;
  let rest: NodeJS.Timeout | undefined;
  let closed = false;

  /** Frees the others; the next large job gathers them again. */
  async function disband(): Promise<void> {
    disbanded = Promise.allSettled([disbanded, team.close()]);
    team = gather(first, openOther, encoders);
    await disbanded;
  }

  /** A process that waits for the next post holds no more memory than that takes. */
  async function makeSmall(): Promise<void> {
    await disband();
    // Its engine takes the stored weights for this, and frees the others.
    if (jobs === 0 && !closed) await first.embed([""], "passage", { jobSize: 1 });
  }

  async function embed(
    texts: readonly string[],
    kind: TextKind,
    embedOptions: EmbedOptions = {},
  ): Promise<readonly Embedding[]> {
    if (!isLargeJob(embedOptions.jobSize) || texts.length === 0 || closed) {
      return first.embed(texts, kind, embedOptions);
    }
    const failed = new AbortController();
    const signal = AbortSignal.any([failed.signal, ...(embedOptions.signal ? [embedOptions.signal] : [])]);
    const made = new Array<Embedding>(texts.length);
    jobs += 1;
    clearTimeout(rest);
    const ours = team;
    const works = slicesOf(texts).map((places) =>
      ours.turns.take(async (encoder) => {
        const slice = places.map((place) => texts[place] ?? "");
        const embeddings = await encoder.embed(slice, kind, { ...embedOptions, signal });
        for (const [at, embedding] of embeddings.entries()) made[places[at] ?? 0] = embedding;
        ours.grow();
      }),
    );
    try {
      await Promise.all(works);
      ours.done += texts.length;
    } catch (cause) {
      failed.abort(cause);
      await Promise.allSettled(works);
      throw cause;
    } finally {
      jobs -= 1;
      if (jobs === 0) {
        // At once: publishing what was embedded takes about as much memory as they do.
        if (ours.done >= (embedOptions.jobSize ?? Number.POSITIVE_INFINITY)) void disband();
        // What fails here fails again when it is asked for, and is told then.
        rest = setTimeout(() => makeSmall().catch(() => undefined), restMs).unref();
      }
    }
    return made;
  }

  return {
    profile: first.profile,
    countTokens: first.countTokens,
    embed,
    async close() {
      closed = true;
      clearTimeout(rest);
      await Promise.all([first.close(), disband()]);
    },
  };
}

interface Team {
  readonly turns: Turns<Embedder>;
  /** Texts that it has embedded. */
  done: number;
  /** Opens the others, once; who asks doesn't wait for them. */
  grow(): void;
  /** Closes the others. */
  close(): Promise<void>;
}

/** The first encoder, and later the others, of a large job. */
function gather(first: Embedder, open: () => Promise<Embedder>, size: number): Team {
  const turns = takeTurns(Array.from({ length: slicesAhead }, () => first));
  const others: Embedder[] = [];
  let growing: Promise<void> | null = null;
  let closed = false;

  async function openOthers(): Promise<void> {
    while (others.length + 1 < size && !closed) {
      const other = await open();
      others.push(other);
      if (closed) return other.close();
      // Its weights are loaded before it is given a slice that another could take meanwhile.
      await other.embed([""], "passage", { jobSize: Number.MAX_SAFE_INTEGER });
      for (let ahead = 0; ahead < slicesAhead; ahead++) turns.add(other);
    }
  }

  return {
    turns,
    done: 0,
    grow() {
      // One that can't be started is one fewer: the first does its work.
      growing ??= openOthers().catch(() => undefined);
    },
    async close() {
      closed = true;
      await Promise.all(others.map((encoder) => encoder.close()));
      await growing;
    },
  };
}

/**
 * Places of the texts, in slices of about `sliceBytes`: longest first, so that texts of one length are padded together, the
 * most memory is needed at once, and the last slices, for which all wait, are the shortest.
 */
function slicesOf(texts: readonly string[]): readonly (readonly number[])[] {
  const bytes = texts.map((text) => Buffer.byteLength(text));
  const sorted = [...texts.keys()].sort((a, b) => (bytes[b] ?? 0) - (bytes[a] ?? 0) || a - b);
  const slices: number[][] = [];
  let left = 0;
  for (const place of sorted) {
    const size = bytes[place] ?? 0;
    if (slices.length === 0 || size > left) {
      slices.push([]);
      left = sliceBytes;
    }
    slices.at(-1)?.push(place);
    left -= size;
  }
  return slices;
}

interface Turns<T> {
  /** Does `work` with one of those that share the work, as soon as one is free; whoever asks first is served first. */
  take<R>(work: (one: T) => Promise<R>): Promise<R>;
  /** One more to share the work, or the same one more time. */
  add(one: T): void;
}

function takeTurns<T>(ones: readonly T[]): Turns<T> {
  const free = [...ones];
  const waiting: ((one: T) => void)[] = [];
  function add(one: T): void {
    const next = waiting.shift();
    if (next === undefined) free.push(one);
    else next(one);
  }
  return {
    add,
    async take(work) {
      const one = free.shift() ?? (await new Promise<T>((resolve) => waiting.push(resolve)));
      try {
        return await work(one);
      } finally {
        add(one);
      }
    },
  };
}
