/** Makes the vectors of words that no earlier start has made, and writes them down piece by piece. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { holdSlot } from "@nonmun/core/adapters/lance-store/lock";
import { fileSlot } from "@nonmun/core/adapters/lance-store/lock-file";
import { readTermVectors, sweepPartials, writeTermVectors } from "@nonmun/core/adapters/term-vector-file";
import type { TokenVectors } from "@nonmun/core/model/chunk";
import { Failure } from "@nonmun/core/model/failure";
import type { Embedder } from "@nonmun/core/ports/embedder";
import { learnedFolder, type Words } from "./learned-words.ts";

export interface LearnOptions {
  readonly signal: AbortSignal;
  readonly folder?: string;
  /** Words after which what is known is written down: what a kill can cost, 5 to 10 seconds. */
  readonly piece?: number;
  /** Waited for before each batch, some twenty to fifty milliseconds of work. */
  readonly turn?: () => Promise<void>;
  /** Called when more has been written to a file. */
  readonly onLearned?: (file: string) => void;
  readonly onProgress?: (done: number, total: number) => void;
}

const batch = 32;
const defaultPiece = 1000;

/**
 * Leaves as soon as `signal` is aborted; all but the piece under way is kept. Nothing is encoded that a file has already. For one
 * process at a time: see `inTurn`.
 *
 * @throws Failure `storage` when the folder can't be written to, and what the embedder throws.
 */
export async function learnWords(
  words: readonly Words[],
  embedder: Embedder,
  options: LearnOptions,
): Promise<void> {
  const { folder = learnedFolder, signal, onLearned, onProgress } = options;
  const total = words.reduce((sum, { texts }) => sum + texts.length, 0);
  let before = 0;
  for (const { texts, file } of words) {
    if (signal.aborted) return;
    const path = join(folder, file);
    await writing(folder, () => sweepPartials(path));
    const known = await knownIn(path, texts);
    const onKnown = (count: number): void => onProgress?.(before + count, total);
    const write = async (): Promise<void> => {
      await writing(folder, () => writeTermVectors(path, known));
      onLearned?.(file);
    };
    await learn(texts, known, embedder, { ...options, write, onKnown });
    before += texts.length;
  }
}

interface PieceOptions extends LearnOptions {
  readonly write: () => Promise<void>;
  readonly onKnown: (count: number) => void;
}

/** Adds to `known` what it lacks. */
async function learn(
  texts: readonly string[],
  known: Map<string, TokenVectors>,
  embedder: Embedder,
  { signal, turn, piece = defaultPiece, write, onKnown }: PieceOptions,
): Promise<void> {
  // Those of similar length together, so that little is padding.
  const missing = texts.filter((text) => !known.has(text)).sort((a, b) => a.length - b.length);
  let unwritten = 0;
  for (let from = 0; from < missing.length; from += batch) {
    await turn?.();
    if (signal.aborted) return;
    const asked = missing.slice(from, from + batch);
    const made = await embedder.embed(asked, "query", { signal }).catch((cause: unknown) => {
      if (signal.aborted) return null;
      throw cause;
    });
    if (made === null) return;
    for (const [at, { tokens }] of made.entries()) {
      // A model without token vectors has nothing to keep.
      if (tokens === null) return;
      known.set(asked[at] ?? "", tokens);
    }
    unwritten += asked.length;
    onKnown(texts.length - missing.length + from + asked.length);
    if (unwritten < piece && from + batch < missing.length) continue;
    await write();
    unwritten = 0;
  }
}

/**
 * What the file has: of the words wanted all, and as many others. Those may be of another server's own glossary; but words that
 * a glossary had once must not pile up.
 */
async function knownIn(path: string, wanted: readonly string[]): Promise<Map<string, TokenVectors>> {
  const stored = await readTermVectors(path);
  try {
    const own = new Set(wanted);
    const terms = [...stored.terms()];
    const others = terms.filter((term) => !own.has(term)).slice(-Math.max(own.size, othersLeast));
    const known = new Map<string, TokenVectors>();
    for (const term of [...others, ...terms.filter((term) => own.has(term))]) {
      const tokens = stored.get(term);
      if (tokens !== undefined) known.set(term, tokens);
    }
    return known;
  } finally {
    stored.close();
  }
}

/** Others that stay however few are wanted: all that the product's own files have. */
const othersLeast = 20_000;

/** How often it is looked whether another process has finished, in milliseconds. */
const lookMs = 1000;

/**
 * Does `work` while no other process learns: what two would make at the same time would be the same. Resolves without having done
 * it when `signal` is aborted.
 *
 * @throws Failure `storage` when the folder can't be written to, and what `work` throws.
 */
export async function inTurn(
  signal: AbortSignal,
  work: () => Promise<void>,
  folder = learnedFolder,
): Promise<void> {
  const lock = await whenFree(signal, folder);
  if (lock === null) return;
  try {
    await work();
  } finally {
    await lock.release();
  }
}

async function whenFree(signal: AbortSignal, folder: string) {
  while (!signal.aborted) {
    try {
      return await writing(folder, () => holdSlot(fileSlot(folder, "learning.lock"), Date.now));
    } catch (cause) {
      if (!(cause instanceof Failure) || cause.code !== "index-busy") throw cause;
      // Aborted or not: it is looked at next.
      await pause(lookMs, null, { signal }).catch(() => undefined);
    }
  }
  return null;
}

async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("storage", `The vectors of glossary and lexicon can't be kept: ${reason}`, {
      advice: `Make room in ${folder} or give the right to write there. Until then each search makes those that it needs.`,
      subject: folder,
      cause,
    });
  }
}
