/** What every calibration query meets in every corpus: the samples that `fit-calibration.ts` fits its curves on. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createMemoryStore } from "@nonmun/core/adapters/memory-store";
import { createOnnxSimilarity } from "@nonmun/core/adapters/onnx-similarity";
import { openTransformersEmbedder } from "@nonmun/core/adapters/transformers-embedder";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { Reception, ReceptionByWords } from "@nonmun/core/search/calibrate";
import { descriptionsOf } from "@nonmun/core/search/lexicon";
import { summarize } from "@nonmun/core/search/links";
import { createVectorCache } from "@nonmun/core/search/neighbours";
import { prepare } from "@nonmun/core/search/prepared";
import { parseQuery } from "@nonmun/core/search/query";
import { createRanking, type Ranking } from "@nonmun/core/search/ranking";
import { askedByMeaning, receptionByWords } from "@nonmun/core/search/reception";
import { createTokenCache } from "@nonmun/core/search/rerank";
import { holdsWord } from "@nonmun/core/search/restrict";
import { type RetrieveDeps, retrieve } from "@nonmun/core/search/retrieve";
import { ranksOf, receptionOf } from "@nonmun/core/search/score";
import { allStages } from "@nonmun/core/search/stages";
import { byArxivId, type PaperNaming, readPaperNaming } from "@nonmun/eval/corpus-papers";
import { parseQueries } from "@nonmun/eval/queries";
import { recipeFor } from "@nonmun/indexer/run/recipe";
import { runIndex } from "@nonmun/indexer/run/run-index";

/** `term`: a term of the glossary alone that stands in some review, which answers it. */
export const kinds = ["judged", "unanswerable", "off-topic", "nonsense", "term"] as const;

export interface Outcome {
  readonly corpus: string;
  readonly kind: (typeof kinds)[number];
  readonly query: string;
  readonly answered: boolean;
  /** Whether an exact rule names a paper: such a query is certain already. */
  readonly named: boolean;
  readonly namedByWords: boolean;
  /** Null for a query that is an id alone. */
  readonly reception: Reception | null;
  readonly byWords: ReceptionByWords;
  readonly documents: readonly { readonly late: number; readonly rank: number; readonly relevant: boolean }[];
}

interface Question {
  readonly kind: Outcome["kind"];
  readonly query: string;
  readonly org: string | null;
  readonly relevant: Readonly<Record<string, number>>;
}

const root = join(import.meta.dirname, "..");
/** Most terms asked of one corpus, evenly spread over the glossary. */
const termsMax = 150;

/** @param folders CORPUS QUERIES UNANSWERABLE, as often as there are corpora. */
export async function collect(folders: readonly string[]): Promise<readonly Outcome[]> {
  const embedder = await openTransformersEmbedder(undefined, { weights: "expanded" });
  const ranking = await openRanking(embedder);
  const found: Outcome[] = [];
  for (let from = 0; from + 2 < folders.length; from += 3) {
    const [corpus = "", judged = "", unanswerable = ""] = folders.slice(from, from + 3);
    const deps = await depsFor(corpus, embedder, ranking);
    const list = join(corpus, "papers.jsonl");
    const naming = existsSync(list) ? readPaperNaming(await readFile(list, "utf8"), list) : byArxivId;
    for (const question of [
      ...(await judgedIn(judged)),
      ...(await judgedIn(unanswerable)),
      ...(await listed("off-topic")),
      ...(await listed("nonsense")),
      ...(await termsIn(deps)),
    ]) {
      found.push(await outcomeOf(deps, question, corpus, naming));
    }
  }
  return found;
}

async function openRanking(embedder: Embedder): Promise<Ranking> {
  const glossary = [await readFile(join(root, "data/glossary/field.txt"), "utf8")];
  const concepts = join(root, "data/lexicon/concepts.txt");
  const lexicon = [{ name: concepts, text: await readFile(concepts, "utf8") }];
  const ranking = createRanking({ glossary, lexicon, embedder, similarity: await createOnnxSimilarity() });
  await ranking.descriptionVectors?.load(descriptionsOf(ranking.lexicon));
  return ranking;
}

async function judgedIn(file: string): Promise<readonly Question[]> {
  const { queries } = parseQueries(await readFile(file, "utf8"), file);
  return queries.map(({ query, org, relevant }) => ({
    kind: Object.keys(relevant).length > 0 ? "judged" : "unanswerable",
    query,
    org,
    relevant,
  }));
}

async function listed(kind: "off-topic" | "nonsense"): Promise<readonly Question[]> {
  const lines = (await readFile(join(root, `data/calibration/${kind}.txt`), "utf8")).split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((query) => ({ kind, query, org: null, relevant: {} }));
}

async function termsIn({ snapshot, ranking, prepared }: RetrieveDeps): Promise<readonly Question[]> {
  const chunks = await snapshot.chunksOf(prepared.catalogue.map(({ id }) => id));
  const texts = chunks.map((chunk) => chunk.embedded);
  const held = [...ranking.glossary.terms.values()]
    .filter(({ exactSpellings, spelling }) => exactSpellings.length === 0 && spelling.length > 1)
    .filter(({ spelling }) => {
      const plain = spelling.toLowerCase();
      return texts.some((text) => text.toLowerCase().includes(plain) && holdsWord(text, spelling));
    });
  const step = Math.max(1, Math.ceil(held.length / termsMax));
  return held
    .filter((_, at) => at % step === 0)
    .map(({ spelling }) => ({ kind: "term", query: spelling, org: null, relevant: {} }));
}

async function depsFor(corpus: string, embedder: Embedder, ranking: Ranking): Promise<RetrieveDeps> {
  const store = createMemoryStore();
  await runIndex(
    { store, embedder, recipe: recipeFor(embedder.profile), clock: () => performance.now() },
    { content: [corpus], drafts: false, whenEmpty: "refuse", orgAliases: new Map() },
  );
  const snapshot = await store.open();
  if (snapshot === null) throw new Error(`${corpus} could not be indexed.`);
  return {
    snapshot,
    embedder,
    ranking,
    prepared: await prepare(snapshot, ranking.glossary),
    tokens: createTokenCache(),
    vectors: createVectorCache(),
    pause: async () => undefined,
    stages: allStages,
  };
}

async function outcomeOf(
  deps: RetrieveDeps,
  { kind, query: typed, org, relevant }: Question,
  corpus: string,
  naming: PaperNaming,
): Promise<Outcome> {
  const query = parseQuery(typed);
  const filter = org === null ? {} : { orgs: [org] };
  const found = await retrieve(deps, query, filter, "hybrid");
  const byLetters = await retrieve(deps, query, filter, "lexical");
  const candidates = [...found.candidates.values()];
  const asked = askedByMeaning(deps, query.text, found.plan, found.reranked);
  const ranks = ranksOf(candidates, found.scores);
  const documents = [...found.scores].map(([chunkId, late]) => {
    const paperId = found.candidates.get(chunkId)?.paperId ?? "";
    const card = deps.prepared.cards.get(paperId);
    const name = card === undefined ? null : naming({ paper: summarize(card, null), score: 0, sections: [] });
    return {
      late,
      rank: ranks.get(paperId) ?? candidates.length,
      relevant: name !== null && (relevant[name] ?? 0) > 0,
    };
  });
  return {
    corpus,
    kind,
    query: typed,
    answered: kind === "judged" || kind === "term",
    named: found.papers[0]?.exact != null,
    namedByWords: byLetters.papers[0]?.exact != null,
    reception: receptionOf(candidates, found.scores, asked),
    byWords: await receptionByWords(deps, byLetters.papers, query.text),
    documents,
  };
}
