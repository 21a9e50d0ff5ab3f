/** Which words of glossary and lexicon ranking compares with, the files that keep their vectors between starts, and what is in them. */
import { join } from "node:path";
import { readTermVectors, termVectorFileName } from "@nonmun/core/adapters/term-vector-file";
import type { Embedder } from "@nonmun/core/ports/embedder";
import { descriptionsOf } from "@nonmun/core/search/lexicon";
import { type Ranking, termsOf } from "@nonmun/core/search/ranking";
import type { TermVectors } from "@nonmun/core/search/term-vectors";
import { home } from "./settings.ts";

/** Where the files lie. */
export const learnedFolder = join(home, ".cache");

/** Texts whose vectors one file keeps. */
export interface Words {
  readonly texts: readonly string[];
  readonly vectors: TermVectors;
  /** Name of the file in its folder. */
  readonly file: string;
}

/** Takes up what was learned before, by whatever process; of one file alone when that is named. */
export async function recallWords(
  ranking: Ranking,
  embedder: Embedder,
  only: { readonly file?: string } = {},
): Promise<void> {
  const files = new Map(wordsToLearn(ranking, embedder).map(({ file, vectors }) => [file, vectors]));
  for (const [file, vectors] of files) {
    if (only.file !== undefined && only.file !== file) continue;
    vectors.keep(await readTermVectors(join(learnedFolder, file)));
  }
}

/** Whether nothing is left to learn. */
export function knowsAllWords(ranking: Ranking, embedder: Embedder): boolean {
  return wordsToLearn(ranking, embedder).every(({ texts, vectors }) =>
    texts.every((text) => vectors.has(text)),
  );
}

/** Descriptions by which concepts are not found before their vectors are there: nobody has made their means. */
export function descriptionsWithoutMeans({ lexicon, means }: Ranking): readonly string[] {
  return descriptionsOf(lexicon).filter((text) => !means.has(text));
}

/**
 * In the order of their use: searches make the terms that they need, but may find no concept before its descriptions are there;
 * other descriptions are needed least.
 */
export function wordsToLearn(ranking: Ranking, embedder: Embedder): readonly Words[] {
  const { termVectors, descriptionVectors, lexicon } = ranking;
  const words = (name: string, texts: readonly string[], vectors: TermVectors | null): readonly Words[] =>
    vectors === null ? [] : [{ texts, vectors, file: termVectorFileName(name, embedder.profile) }];
  return [
    ...words("lexicon", descriptionsWithoutMeans(ranking), descriptionVectors),
    ...words("glossary", termsOf(ranking), termVectors),
    ...words("lexicon", descriptionsOf(lexicon), descriptionVectors),
  ];
}
