/**
 * Fits the curves of `core/src/search/calibrate.ts` and prints them with what they are worth (docs/ranking.md, "Calibration"):
 *
 *     node scripts/fit-calibration.ts CORPUS QUERIES UNANSWERABLE [CORPUS QUERIES UNANSWERABLE …]
 *
 * CORPUS is a content folder, QUERIES judged queries of it, UNANSWERABLE queries that nothing there answers (both JSON lines).
 * Indexes each corpus in memory, which takes a minute for a thousand papers.
 */
import { goodByWordsFrom, goodFrom } from "@nonmun/core/search/calibrate";
import { type Sample as FitSample, fitLogistic, predict } from "@nonmun/core/search/logistic-fit";
import { collect, kinds, type Outcome } from "./calibration-outcomes.ts";

const folds = 10;

/**
 * What a sample of each kind counts: the judged queries are people's, the others only show what else there is. Answered and
 * unanswered ones count the same as a whole.
 */
const shares: Readonly<Record<Outcome["kind"], number>> = {
  judged: 1,
  unanswerable: 1,
  term: 0.3,
  "off-topic": 0.5,
  nonsense: 0.5,
};

const outcomes = await collect(process.argv.slice(2));
report("answerable", outcomes, hybridInputs, (outcome) => outcome.named, [0.4, goodFrom, 0.6, 0.7]);
report("by words", outcomes, lexicalInputs, (outcome) => outcome.namedByWords, [0.4, 0.5, goodByWordsFrom]);
printRelevance(outcomes.filter(({ kind }) => kind === "judged"));
process.exit(0);

/** The inputs of `answerable`, in its order. */
function hybridInputs({ reception }: Outcome): readonly number[] | null {
  if (reception === null) return null;
  const { bestLate, bestCosine, asked } = reception;
  return [bestLate, bestCosine, asked.familiar, Math.log1p(asked.letters)];
}

/** The inputs of `lexicallyAnswerable`, in its order. */
function lexicalInputs({ byWords }: Outcome): readonly number[] {
  const { share, bestShare, asked } = byWords;
  return [share, bestShare, asked.familiar, Math.log1p(asked.letters)];
}

/** Fits one curve, and says for each corpus and kind how many are called weak when their own query took no part in the fit. */
function report(
  name: string,
  all: readonly Outcome[],
  inputsOf: (outcome: Outcome) => readonly number[] | null,
  isNamed: (outcome: Outcome) => boolean,
  thresholds: readonly number[],
): void {
  const taking = all.flatMap((outcome) => {
    const inputs = inputsOf(outcome);
    return inputs === null ? [] : [{ outcome, inputs }];
  });
  const mass = (answered: boolean) =>
    taking.reduce((sum, { outcome }) => sum + (outcome.answered === answered ? shares[outcome.kind] : 0), 0);
  const masses = { answered: mass(true), not: mass(false) };
  const samples = taking.map(({ outcome, inputs }) => ({
    outcome,
    inputs,
    positive: outcome.answered,
    weight: (shares[outcome.kind] * taking.length) / 2 / (outcome.answered ? masses.answered : masses.not),
  }));
  const { intercept, slopes } = fitLogistic(samples);
  console.log(`${name}: ${[intercept, ...slopes].map((value) => value.toFixed(2)).join(", ")}`);
  const fits = heldOut(samples);
  for (const threshold of thresholds) {
    console.log(`  from ${threshold}, called weak (cross-validated by query):`);
    for (const corpus of new Set(all.map((outcome) => outcome.corpus))) {
      const cells = kinds.map((kind) => {
        const asked = samples.filter(({ outcome }) => outcome.corpus === corpus && outcome.kind === kind);
        const weak = asked.filter(({ outcome, inputs }) => {
          const fit = fits[foldOf(outcome.query)];
          return !isNamed(outcome) && fit !== undefined && predict(fit, inputs) < threshold;
        });
        return `${kind} ${weak.length} of ${asked.length}`;
      });
      console.log(`    ${corpus}: ${cells.join(", ")}`);
    }
  }
}

function heldOut(samples: readonly (FitSample & { readonly outcome: Outcome })[]) {
  return Array.from({ length: folds }, (_, fold) =>
    fitLogistic(samples.filter(({ outcome }) => foldOf(outcome.query) !== fold)),
  );
}

/** The same query over another corpus is in the same fold (FNV-1a). */
function foldOf(query: string): number {
  let hash = 2166136261;
  for (const letter of query) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash % folds;
}

/** The curve of `lateProbability`, and what the scores promise against what came true, for all papers and for first places. */
function printRelevance(judged: readonly Outcome[]): void {
  const samples = judged.flatMap((outcome) => {
    const { reception, documents } = outcome;
    if (reception === null) return [];
    return documents.map(({ late, rank, relevant }) => ({
      outcome,
      rank,
      inputs: [late, reception.meanLate, reception.bestLate, 1 / rank],
      positive: relevant,
      weight: 1,
    }));
  });
  const { intercept, slopes } = fitLogistic(samples);
  console.log(`relevance: ${[intercept, ...slopes].map((value) => value.toFixed(2)).join(", ")}`);
  const fits = heldOut(samples);
  const held = samples.map((sample) => {
    const fit = fits[foldOf(sample.outcome.query)];
    return { ...sample, score: fit === undefined ? 0 : predict(fit, sample.inputs) };
  });
  const loss = held.reduce((sum, { score, positive }) => sum - Math.log(positive ? score : 1 - score), 0);
  console.log(`  log loss ${(loss / held.length).toFixed(4)} (cross-validated by query)`);
  const edges = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.01];
  for (const [name, some] of [
    ["all", held],
    ["first places", held.filter(({ rank }) => rank === 1)],
  ] as const) {
    for (const [at, low] of edges.slice(0, -1).entries()) {
      const inside = some.filter(({ score }) => score >= low && score < (edges[at + 1] ?? 1));
      if (inside.length === 0) continue;
      const mean = inside.reduce((sum, { score }) => sum + score, 0) / inside.length;
      const relevant = inside.filter(({ positive }) => positive).length / inside.length;
      console.log(
        `  ${name} from ${low}: ${inside.length}, score ${mean.toFixed(3)}, relevant ${relevant.toFixed(3)}`,
      );
    }
  }
}
