/** Gets the vectors of the glossary's terms: from the file of an earlier start, the missing ones a few at a time. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readTermVectors, writeTermVectors } from "@nonmun/core/adapters/term-vector-file";
import type { Embedder } from "@nonmun/core/ports/embedder";
import { type Ranking, termsOf } from "@nonmun/core/search/ranking";
import { home } from "./settings.ts";

/** Terms encoded at a time, and the pause after each few, in milliseconds: a search in between waits for one batch only. */
const batch = 8;
const restMs = 20;

/** Takes up what an earlier start has made. */
export async function recallTerms(ranking: Ranking, embedder: Embedder): Promise<void> {
  ranking.termVectors?.keep(await readTermVectors(fileOf(embedder)));
}

/** Makes what is missing, beside the searches, and writes it down. Ends early when `signal` is aborted. */
export async function learnTerms(ranking: Ranking, embedder: Embedder, signal: AbortSignal): Promise<void> {
  const { termVectors, glossary } = ranking;
  if (termVectors === null) return;
  const terms = termsOf(glossary);
  const missing = terms.filter((term) => termVectors.get(term) === undefined);
  if (missing.length === 0) return;
  for (let from = 0; from < missing.length; from += batch) {
    if (signal.aborted) return;
    await termVectors.load(missing.slice(from, from + batch), signal);
    await pause(restMs);
  }
  const known = terms.flatMap((term) => {
    const vectors = termVectors.get(term);
    return vectors === undefined ? [] : [[term, vectors] as const];
  });
  await writeTermVectors(fileOf(embedder), new Map(known));
}

/** Vectors of another model are of no use, so the file is named after the model. */
function fileOf({ profile }: Embedder): string {
  const name = createHash("sha256").update(profile.fingerprint).digest("hex").slice(0, 16);
  return join(home, ".cache", `glossary-${name}.bin`);
}
