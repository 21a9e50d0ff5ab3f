/** Gets the vectors of glossary and lexicon: from the files of an earlier start, the missing ones a few at a time. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  readTermVectors,
  termVectorFileName,
  writeTermVectors,
} from "@nonmun/core/adapters/term-vector-file";
import type { Embedder } from "@nonmun/core/ports/embedder";
import { descriptionsOf } from "@nonmun/core/search/lexicon";
import { type Ranking, termsOf } from "@nonmun/core/search/ranking";
import type { TermVectors } from "@nonmun/core/search/term-vectors";
import { home } from "./settings.ts";

/** Terms encoded at a time, and the pause after each few, in milliseconds: a search in between waits for one batch only. */
const batch = 8;
const restMs = 20;

/** Takes up what an earlier start has made. */
export async function recallTerms(ranking: Ranking, embedder: Embedder): Promise<void> {
  for (const { vectors, file } of kinds(ranking, embedder)) vectors.keep(await readTermVectors(file));
}

/** Makes what is missing, beside the searches, and writes it down. Ends early when `signal` is aborted. */
export async function learnTerms(ranking: Ranking, embedder: Embedder, signal: AbortSignal): Promise<void> {
  for (const kind of kinds(ranking, embedder)) await learn(kind, restMs, signal);
}

/**
 * The same at once, for an evaluation: a model whose means nobody has made finds no concept without the descriptions, while terms
 * are made when they are asked for.
 */
export async function learnDescriptions(
  ranking: Ranking,
  embedder: Embedder,
  signal: AbortSignal,
): Promise<void> {
  for (const { vectors, texts, file } of kinds(ranking, embedder)) {
    if (vectors !== ranking.descriptionVectors) continue;
    if (texts.every((text) => ranking.means.get(text) !== undefined)) return;
    await learn({ vectors, texts, file }, 0, signal);
  }
}

async function learn({ vectors, texts, file }: Kind, rest: number, signal: AbortSignal): Promise<void> {
  const missing = texts.filter((text) => vectors.get(text) === undefined);
  if (missing.length === 0) return;
  for (let from = 0; from < missing.length; from += batch) {
    if (signal.aborted) return;
    await vectors.load(missing.slice(from, from + batch), signal);
    if (rest > 0) await pause(rest);
  }
  const known = texts.flatMap((text) => {
    const found = vectors.get(text);
    return found === undefined ? [] : [[text, found] as const];
  });
  await writeTermVectors(file, new Map(known));
  vectors.keep(await readTermVectors(file));
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
