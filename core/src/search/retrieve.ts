/** From a query to ranked papers: candidates, late interaction, exact rules, grouping. The order of the stages, in one place. */
import type { SearchMode } from "../contract.ts";
import type { Embedding } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Filter, Hit, Snapshot } from "../ports/index-store.ts";
import { squeeze } from "../text/words.ts";
import {
  answerable,
  cosineProbability,
  exactProbability,
  lateProbability,
  lexicalProbability,
  type Reception,
} from "./calibrate.ts";
import { type Candidate, candidatesPerKind, unite } from "./candidates.ts";
import { type ExactMatch, exactMatches } from "./exact.ts";
import { type Expansion, expand } from "./expand.ts";
import { isEmpty, passes } from "./filter.ts";
import { groupIntoPapers, type RankedPaper, type ScoredChunk } from "./group.ts";
import { planQuery, type QueryPlan } from "./late-interaction.ts";
import type { Prepared } from "./prepared.ts";
import type { Query } from "./query.ts";
import type { Ranking } from "./ranking.ts";
import { type Reranked, rerank, type TokenCache } from "./rerank.ts";
import type { Stages } from "./stages.ts";

export interface Retrieval {
  readonly papers: readonly RankedPaper[];
  /** Probability that anything answers the query. */
  readonly likelihood: number;
  readonly candidates: ReadonlyMap<string, Candidate>;
  /** What late interaction saw, by chunk id; empty without it. */
  readonly reranked: ReadonlyMap<string, Reranked>;
  readonly plan: QueryPlan | null;
  readonly expansion: Expansion;
  readonly degraded: readonly string[];
}

export interface RetrieveDeps {
  readonly snapshot: Snapshot;
  readonly embedder: Embedder | null;
  readonly ranking: Ranking;
  readonly prepared: Prepared;
  readonly tokens: TokenCache;
  readonly stages: Stages;
}

/** Papers found by name whose chunks are fetched beside the candidates. */
const namedPapersMax = 50;

export async function retrieve(
  deps: RetrieveDeps,
  query: Query,
  filter: Filter,
  mode: SearchMode,
  signal?: AbortSignal,
): Promise<Retrieval> {
  const { prepared, stages } = deps;
  const degraded: string[] = [];
  const expansion =
    stages.glossary && mode !== "lexical"
      ? expand(query.text, deps.ranking.glossary, prepared.names)
      : { spans: [], text: query.text };
  const exact =
    mode === "semantic" || !stages.exact ? new Map<string, ExactMatch>() : exactIn(query, filter, prepared);
  const [embedding, lexical, named] = await Promise.all([
    mode === "lexical" || query.text === "" ? null : embed(deps, query.text, degraded, signal),
    mode === "semantic" ? [] : lexicalHits(deps.snapshot, query, expansion.text, filter),
    chunksOfNamed(deps.snapshot, [...exact.keys()].slice(0, namedPapersMax)),
  ]);
  signal?.throwIfAborted();
  const semantic =
    embedding === null
      ? []
      : await deps.snapshot.nearest(embedding.vector, { limit: candidatesPerKind, ...filterOf(filter) });
  const words =
    mode === "semantic" && embedding === null
      ? await lexicalHits(deps.snapshot, query, query.text, filter)
      : lexical;
  const candidates = unite(semantic, words, named);
  const plan = await planOf(deps, query.text, embedding, expansion, signal);
  const reranked =
    plan === null || deps.ranking.similarity === null
      ? new Map<string, Reranked>()
      : await rerank(
          candidates.map((candidate) => candidate.chunkId),
          plan,
          deps.ranking.similarity,
          deps.snapshot,
          deps.tokens,
        );
  signal?.throwIfAborted();
  const reception = receptionOf(candidates, reranked);
  const letters = squeeze(query.text).length;
  const scored = candidates.map((candidate) =>
    scoreChunk(candidate, reranked, reception, embedding === null ? letters : null),
  );
  const papers = groupIntoPapers(scored, exact, exactProbability, prepared.position);
  return {
    papers,
    likelihood: reception === null ? (papers[0]?.probability ?? 0) : answerable(reception),
    candidates: new Map(candidates.map((candidate) => [candidate.chunkId, candidate])),
    reranked,
    plan,
    expansion,
    degraded,
  };
}

/** Sentences for `degraded`. */
export const noEmbedder = "The language model is not loaded: results are by words only, not by meaning.";
export const embeddingFailed =
  "The language model failed on this query: results are by words only, not by meaning.";

async function embed(
  { embedder }: RetrieveDeps,
  text: string,
  degraded: string[],
  signal: AbortSignal | undefined,
): Promise<Embedding | null> {
  if (embedder === null) {
    degraded.push(noEmbedder);
    return null;
  }
  try {
    const [embedding] = await embedder.embed([text], "query", signal === undefined ? {} : { signal });
    return embedding ?? null;
  } catch (cause) {
    signal?.throwIfAborted();
    degraded.push(embeddingFailed);
    if (!(cause instanceof Error)) throw cause;
    return null;
  }
}

async function lexicalHits(
  snapshot: Snapshot,
  query: Query,
  text: string,
  filter: Filter,
): Promise<readonly Hit[]> {
  const texts = [...query.phrases, ...(text === "" ? [] : [text])];
  const lists = await Promise.all(
    texts.map((part) => snapshot.match(part, { limit: candidatesPerKind, ...filterOf(filter) })),
  );
  const best = new Map<string, Hit>();
  for (const hit of lists.flat()) {
    const known = best.get(hit.chunkId);
    if (known === undefined || hit.score > known.score) best.set(hit.chunkId, hit);
  }
  return [...best.values()].sort(
    (one, other) => other.score - one.score || (one.chunkId < other.chunkId ? -1 : 1),
  );
}

function exactIn(query: Query, filter: Filter, prepared: Prepared): ReadonlyMap<string, ExactMatch> {
  const matches = exactMatches(query, prepared.names).filter((match) => {
    const card = prepared.cards.get(match.paperId);
    return card !== undefined && passes(card, filter);
  });
  return new Map(matches.map((match) => [match.paperId, match]));
}

async function chunksOfNamed(
  snapshot: Snapshot,
  paperIds: readonly string[],
): Promise<readonly { readonly chunkId: string; readonly paperId: string }[]> {
  if (paperIds.length === 0) return [];
  return (await snapshot.chunksOf(paperIds)).map((chunk) => ({ chunkId: chunk.id, paperId: chunk.paperId }));
}

async function planOf(
  { ranking, prepared, stages }: RetrieveDeps,
  text: string,
  embedding: Embedding | null,
  { spans }: Expansion,
  signal: AbortSignal | undefined,
): Promise<QueryPlan | null> {
  if (
    !stages.lateInteraction ||
    embedding === null ||
    embedding.tokens === null ||
    embedding.tokens.count === 0
  )
    return null;
  await ranking.termVectors?.load(
    spans.flatMap((span) => span.equivalents),
    signal,
  );
  const vectors = ranking.termVectors;
  return planQuery(text, embedding.tokens, spans, (term) => vectors?.get(term), prepared.statistics);
}

/** Null without late interaction. */
function receptionOf(
  candidates: readonly Candidate[],
  reranked: ReadonlyMap<string, Reranked>,
): Reception | null {
  if (reranked.size === 0) return null;
  const scores = [...reranked.values()].map(({ late }) => late.score);
  return {
    bestLate: scores.reduce((best, score) => Math.max(best, score), 0),
    meanLate: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    bestCosine: candidates.reduce((best, { semantic }) => Math.max(best, semantic?.score ?? 0), 0),
  };
}

/** @param letters of the query, when there is no vector to compare with. */
function scoreChunk(
  candidate: Candidate,
  reranked: ReadonlyMap<string, Reranked>,
  reception: Reception | null,
  letters: number | null,
): ScoredChunk {
  const { chunkId, paperId, semantic, lexical, fused } = candidate;
  const late = reranked.get(chunkId)?.late.score;
  if (late !== undefined && reception !== null) {
    return { chunkId, paperId, score: late, probability: lateProbability(late, reception) };
  }
  if (letters !== null) {
    const score = lexical?.score ?? 0;
    return { chunkId, paperId, score, probability: lexicalProbability(score, letters) };
  }
  const probability = semantic === null ? 0 : cosineProbability(semantic.score);
  // Chunks that the re-ranking could not see stay below those that it saw.
  return { chunkId, paperId, score: reception === null ? fused : fused - 1, probability };
}

function filterOf(filter: Filter): { readonly filter?: Filter } {
  return isEmpty(filter) ? {} : { filter };
}
