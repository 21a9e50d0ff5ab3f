/** How a query was received: what of it is known, and, where only letters were compared, how much of it the best chunks hold. */
import type { Snapshot } from "../ports/index-store.ts";
import { squeeze } from "../text/words.ts";
import type { Asked, ReceptionByWords } from "./calibrate.ts";
import { familiarShare } from "./familiarity.ts";
import type { RankedPaper } from "./group.ts";
import type { QueryPlan } from "./late-interaction.ts";
import type { Prepared } from "./prepared.ts";
import type { Ranking } from "./ranking.ts";
import type { Reranked } from "./rerank.ts";
import { holdsWord, shareOfWords, soughtForm } from "./restrict.ts";

export interface ReceptionDeps {
  readonly ranking: Pick<Ranking, "glossary" | "vocabulary">;
  readonly prepared: Pick<Prepared, "names">;
}

/** Similarity from which a part of the query is met word for word (RETRIEVAL.md, "Highlights"). */
const literalFrom = 0.6;

/** What the query is made of; words count as met where some chunk answers them as well as only the word itself does. */
export function askedByMeaning(
  { ranking, prepared }: ReceptionDeps,
  text: string,
  plan: QueryPlan | null,
  reranked: ReadonlyMap<string, Reranked>,
): Asked {
  const seen = [...reranked.values()];
  const met = (plan?.parts ?? []).filter((_, part) =>
    seen.some(({ late }) => (late.parts[part]?.score ?? 0) >= literalFrom),
  );
  const isMet = (_: string, at: number) => met.some(({ range }) => range[0] <= at && at < range[1]);
  return {
    familiar: familiarShare(text, { ...ranking, names: prepared.names, isMet }),
    letters: lettersOf(text),
  };
}

/** Chunks that are read for what they hold of the query. */
const chunksRead = 10;

/** What a query whose papers were found by letters alone met. */
export async function receptionByWords(
  { ranking, prepared, snapshot }: ReceptionDeps & { readonly snapshot: Snapshot },
  papers: readonly RankedPaper[],
  text: string,
): Promise<ReceptionByWords> {
  const ids = papers.slice(0, chunksRead).flatMap((paper) => paper.chunks[0]?.chunkId ?? []);
  const texts = (await snapshot.chunks(ids)).map((chunk) => chunk.embedded);
  const shares = texts.map((held) => shareOfWords(held, text));
  const isMet = (word: string) => texts.some((held) => holdsWord(held, soughtForm(word)));
  return {
    share: shares[0] ?? 0,
    bestShare: Math.max(0, ...shares),
    asked: {
      familiar: familiarShare(text, { ...ranking, names: prepared.names, isMet }),
      letters: lettersOf(text),
    },
  };
}

/** Letters and digits of a query. */
export function lettersOf(text: string): number {
  return squeeze(text).length;
}
