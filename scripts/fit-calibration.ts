/**
 * Fits the curves of `core/src/search/calibrate.ts` and prints them with what they are worth (docs/ranking.md, "Calibration"):
 *
 *     node scripts/fit-calibration.ts CORPUS QUERIES UNANSWERABLE [CORPUS QUERIES UNANSWERABLE …]
 *
 * CORPUS is a content folder, QUERIES judged queries of it, UNANSWERABLE queries that nothing there answers (both JSON lines).
 * Indexes each corpus in memory, which takes a minute for a thousand papers.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createMemoryStore } from "@nonmun/core/adapters/memory-store";
import { createOnnxSimilarity } from "@nonmun/core/adapters/onnx-similarity";
import { openTransformersEmbedder } from "@nonmun/core/adapters/transformers-embedder";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import { goodByWordsFrom, type Reception } from "@nonmun/core/search/calibrate";
import { descriptionsOf } from "@nonmun/core/search/lexicon";
import { summarize } from "@nonmun/core/search/links";
import { type Sample as FitSample, fitLogistic, predict } from "@nonmun/core/search/logistic-fit";
import { createVectorCache } from "@nonmun/core/search/neighbours";
import { prepare } from "@nonmun/core/search/prepared";
import { parseQuery, type Query } from "@nonmun/core/search/query";
import { createRanking, type Ranking } from "@nonmun/core/search/ranking";
import { createTokenCache } from "@nonmun/core/search/rerank";
import { shareOfWords } from "@nonmun/core/search/restrict";
import { type RetrieveDeps, retrieve } from "@nonmun/core/search/retrieve";
import { lettersOf, receptionOf } from "@nonmun/core/search/score";
import { allStages } from "@nonmun/core/search/stages";
import { byArxivId, type PaperNaming, readPaperNaming } from "@nonmun/eval/corpus-papers";
import { type EvalQuery, parseQueries } from "@nonmun/eval/queries";
import { recipeFor } from "@nonmun/indexer/run/recipe";
import { runIndex } from "@nonmun/indexer/run/run-index";

interface Outcome {
  readonly corpus: string;
  readonly answered: boolean;
  readonly named: boolean;
  readonly reception: Reception;
  /** What mode lexical knows: see `lexicallyAnswerable`. */
  readonly byWords: readonly [share: number, scorePerLetter: number];
  readonly documents: readonly { readonly late: number; readonly relevant: boolean }[];
}

const root = join(import.meta.dirname, "..");
const folds = 10;

const outcomes = await collect(process.argv.slice(2));
printAnswerable(outcomes);
printRelevance(outcomes.filter((outcome) => outcome.answered));
printByWords(outcomes);
process.exit(0);

async function collect(argumentsGiven: readonly string[]): Promise<readonly Outcome[]> {
  const embedder = await openTransformersEmbedder(undefined, { weights: "expanded" });
  const glossary = [await readFile(join(root, "data/glossary/field.txt"), "utf8")];
  const concepts = join(root, "data/lexicon/concepts.txt");
  const lexicon = [{ name: concepts, text: await readFile(concepts, "utf8") }];
  const ranking = createRanking({ glossary, lexicon, embedder, similarity: await createOnnxSimilarity() });
  await ranking.descriptionVectors?.load(descriptionsOf(ranking.lexicon));
  const offTopic = (await readFile(join(root, "data/calibration/off-topic.txt"), "utf8"))
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((query, at): EvalQuery => ({ id: `off-${at}`, query, lang: "mixed", relevant: {}, org: null }));
  const found: Outcome[] = [];
  for (let from = 0; from + 2 < argumentsGiven.length; from += 3) {
    const [corpus = "", judged = "", unanswerable = ""] = argumentsGiven.slice(from, from + 3);
    const deps = await depsFor(corpus, embedder, ranking);
    const list = join(corpus, "papers.jsonl");
    const naming = existsSync(list) ? readPaperNaming(await readFile(list, "utf8"), list) : byArxivId;
    const sets = await Promise.all(
      [judged, unanswerable].map(async (file) => parseQueries(await readFile(file, "utf8"), file)),
    );
    for (const query of [...sets.flatMap((set) => set.queries), ...offTopic]) {
      found.push(...(await outcomeOf(deps, query, corpus, naming)));
    }
  }
  return found;
}

async function depsFor(corpus: string, embedder: Embedder, ranking: Ranking): Promise<RetrieveDeps> {
  const store = createMemoryStore();
  await runIndex(
    { store, embedder, recipe: recipeFor(embedder.profile), clock: () => performance.now() },
    { content: [corpus], drafts: false, whenEmpty: "refuse", orgAliases: new Map() },
  );
  const snapshot: Snapshot | null = await store.open();
  if (snapshot === null) throw new Error(`${corpus} could not be indexed.`);
  const prepared = await prepare(snapshot, ranking.glossary);
  return {
    snapshot,
    embedder,
    ranking,
    prepared,
    tokens: createTokenCache(),
    vectors: createVectorCache(),
    pause: async () => undefined,
    stages: allStages,
  };
}

/** Nothing for a query that is an id alone. */
async function outcomeOf(
  deps: RetrieveDeps,
  asked: EvalQuery,
  corpus: string,
  naming: PaperNaming,
): Promise<readonly Outcome[]> {
  const query = parseQuery(asked.query);
  const found = await retrieve(deps, query, asked.org === null ? {} : { orgs: [asked.org] }, "hybrid");
  const reception = receptionOf([...found.candidates.values()], found.scores);
  if (reception === null) return [];
  const documents = [...found.scores].map(([chunkId, late]) => {
    const card = deps.prepared.cards.get(found.candidates.get(chunkId)?.paperId ?? "");
    const name = card === undefined ? null : naming({ paper: summarize(card, null), score: 0, sections: [] });
    return { late, relevant: name !== null && (asked.relevant[name] ?? 0) > 0 };
  });
  const answered = Object.keys(asked.relevant).length > 0;
  return [
    {
      corpus,
      answered,
      named: found.papers[0]?.exact != null,
      reception,
      byWords: await byWordsOf(deps, query, asked.org),
      documents,
    },
  ];
}

async function byWordsOf(
  deps: RetrieveDeps,
  query: Query,
  org: string | null,
): Promise<readonly [number, number]> {
  const filter = org === null ? {} : { filter: { orgs: [org] } };
  const [best] = await deps.snapshot.match(query.text, { limit: 1, ...filter });
  const [chunk] = best === undefined ? [] : await deps.snapshot.chunks([best.chunkId]);
  if (best === undefined || chunk === undefined) return [0, 0];
  return [shareOfWords(chunk.embedded, query.text), best.score / Math.max(1, lettersOf(query.text))];
}

/** Queries that an exact rule names are certain already, and don't take part. */
function printByWords(all: readonly Outcome[]): void {
  const unnamed = all.filter(({ named }) => !named);
  const count = (answered: boolean) => unnamed.filter((outcome) => outcome.answered === answered).length;
  const samples = unnamed.map(
    ({ answered, byWords }): FitSample => ({
      inputs: byWords,
      positive: answered,
      weight: unnamed.length / 2 / count(answered),
    }),
  );
  const { intercept, slopes } = fitLogistic(samples);
  console.log(
    `by words: ${intercept.toFixed(2)} + ${slopes.map((slope) => slope.toFixed(2)).join(" share + ")} perLetter`,
  );
  const held = samples.map((sample, at) =>
    predict(fitLogistic(samples.filter((_, other) => other % folds !== at % folds)), sample.inputs),
  );
  for (const answered of [false, true]) {
    const weak = unnamed.filter(
      (outcome, at) => outcome.answered === answered && (held[at] ?? 0) < goodByWordsFrom,
    );
    console.log(
      `  ${answered ? "answerable" : "unanswerable"}: weak ${weak.length} of ${count(answered)} (cross-validated)`,
    );
  }
}

function printAnswerable(all: readonly Outcome[]): void {
  const count = (answered: boolean) => all.filter((outcome) => outcome.answered === answered).length;
  const samples = all.map(
    ({ answered, reception }): FitSample => ({
      inputs: [reception.bestLate, reception.bestCosine],
      positive: answered,
      weight: all.length / 2 / count(answered),
    }),
  );
  const { intercept, slopes } = fitLogistic(samples);
  console.log(
    `answerable: ${intercept.toFixed(2)} + ${slopes.map((slope) => slope.toFixed(2)).join(" bestLate + ")} bestCosine`,
  );
  const held = samples.map((sample, at) =>
    predict(fitLogistic(samples.filter((_, other) => other % folds !== at % folds)), sample.inputs),
  );
  for (const threshold of [0.4, 0.5, 0.6, 0.7]) {
    for (const corpus of new Set(all.map((outcome) => outcome.corpus))) {
      const weak = (answered: boolean) => {
        const asked = all.flatMap((outcome, at) =>
          outcome.corpus === corpus && outcome.answered === answered ? [at] : [],
        );
        const below = asked.filter((at) => (held[at] ?? 0) < threshold && all[at]?.named !== true);
        return `${below.length} of ${asked.length}`;
      };
      console.log(
        `  from ${threshold}, ${corpus}: weak ${weak(false)} unanswerable, ${weak(true)} answerable (cross-validated)`,
      );
    }
  }
}

function printRelevance(answerable: readonly Outcome[]): void {
  const samples = answerable.flatMap(({ reception, documents }, query) =>
    documents.map(({ late, relevant }) => ({
      query,
      inputs: [late, reception.meanLate],
      positive: relevant,
      weight: 1,
    })),
  );
  const { intercept, slopes } = fitLogistic(samples);
  console.log(
    `relevance: ${intercept.toFixed(2)} + ${slopes.map((slope) => slope.toFixed(2)).join(" late + ")} meanLate`,
  );
  const fits = Array.from({ length: folds }, (_, fold) =>
    fitLogistic(samples.filter(({ query }) => query % folds !== fold)),
  );
  const edges = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.01];
  const held = samples.map((sample) => {
    const fit = fits[sample.query % folds];
    return { ...sample, score: fit === undefined ? 0 : predict(fit, sample.inputs) };
  });
  for (const [at, low] of edges.slice(0, -1).entries()) {
    const inside = held.filter(({ score }) => score >= low && score < (edges[at + 1] ?? 1));
    const mean = inside.reduce((sum, { score }) => sum + score, 0) / inside.length;
    const relevant = inside.filter(({ positive }) => positive).length / inside.length;
    console.log(
      `  ${low}: ${inside.length} candidates, score ${mean.toFixed(3)}, relevant ${relevant.toFixed(3)}`,
    );
  }
}
