/** Gets the vectors of glossary and lexicon: from the files of an earlier start, the missing ones a few at a time. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  readTermVectors,
  termVectorFileName,
  writeTermVectors,
} from "@nonmun/core/adapters/term-vector-file";
import type { TokenVectors } from "@nonmun/core/model/chunk";
import type { Embedder } from "@nonmun/core/ports/embedder";
import { descriptionsOf } from "@nonmun/core/search/lexicon";
import { type Ranking, termsOf } from "@nonmun/core/search/ranking";
import type { TermVectors } from "@nonmun/core/search/term-vectors";
import { home } from "./settings.ts";

/** Terms encoded at a time beside searches, and the rest after them in milliseconds: a search in between waits for one batch only. */
const besideSearches: Pace = { batch: 8, restMs: 20 };
/** When nobody waits. */
const atFullSpeed: Pace = { batch: 64, restMs: 0 };

interface Pace {
  readonly batch: number;
  readonly restMs: number;
  /** Whether somebody waits for the encoder: the next terms then wait, a while at most. */
  readonly isBusy?: () => boolean;
}

/** How often it is looked whether the encoder is free again, and how long one batch is put off at most, in milliseconds. */
const lookMs = 20;
const putOffMs = 100;

/** Takes up what an earlier start has made. */
export async function recallTerms(ranking: Ranking, embedder: Embedder): Promise<void> {
  for (const { vectors, file } of kinds(ranking, embedder)) vectors.keep(await readTermVectors(file));
}

/**
 * Makes what is missing and writes it down: at once, or beside searches while `isBusy` doesn't say that one goes on. Ends early when
 * `signal` is aborted.
 */
export async function learnTerms(
  ranking: Ranking,
  embedder: Embedder,
  signal: AbortSignal,
  isBusy?: () => boolean,
): Promise<void> {
  const pace = isBusy === undefined ? atFullSpeed : { ...besideSearches, isBusy };
  for (const kind of kinds(ranking, embedder)) await learn(kind, pace, signal);
}

/**
 * What an evaluation can't do without: with a model whose means nobody has made, no concept is found before the descriptions
 * are there. All else is made when it is asked for.
 */
export async function learnDescriptions(
  ranking: Ranking,
  embedder: Embedder,
  signal: AbortSignal,
): Promise<void> {
  for (const kind of kinds(ranking, embedder)) {
    if (kind.vectors !== ranking.descriptionVectors) continue;
    if (kind.texts.every((text) => ranking.means.has(text))) return;
    await learn(kind, atFullSpeed, signal);
  }
}

/** Terms that are gathered in one go, from memory or from the file. */
const gatheredAtOnce = 100;

async function learn({ vectors, texts, file }: Kind, pace: Pace, signal: AbortSignal): Promise<void> {
  const missing = texts.filter((text) => !vectors.has(text));
  if (missing.length === 0) return;
  for (let from = 0; from < missing.length; from += pace.batch) {
    await untilFree(pace, signal);
    if (signal.aborted) return;
    await vectors.load(missing.slice(from, from + pace.batch), signal);
    if (pace.restMs > 0) await pause(pace.restMs);
  }
  const known = new Map<string, TokenVectors>();
  for (const [at, text] of texts.entries()) {
    const found = vectors.get(text);
    if (found !== undefined) known.set(text, found);
    if (at % gatheredAtOnce === 0) await pause(0);
  }
  await writeTermVectors(file, known);
  vectors.keep(await readTermVectors(file));
}

async function untilFree({ isBusy }: Pace, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < putOffMs && isBusy?.() === true && !signal.aborted; waited += lookMs) {
    await pause(lookMs);
  }
}

interface Kind {
  readonly texts: readonly string[];
  readonly vectors: TermVectors;
  readonly file: string;
}

/** Descriptions first: searches make the terms that they need, but may find no concept before the descriptions are there. */
function kinds(ranking: Ranking, embedder: Embedder): readonly Kind[] {
  const { termVectors, descriptionVectors, lexicon } = ranking;
  const kind = (name: string, texts: readonly string[], vectors: TermVectors | null): readonly Kind[] =>
    vectors === null
      ? []
      : [{ texts, vectors, file: join(home, ".cache", termVectorFileName(name, embedder.profile)) }];
  return [
    ...kind("lexicon", descriptionsOf(lexicon), descriptionVectors),
    ...kind("glossary", termsOf(ranking), termVectors),
  ];
}
