/** From a query to ranked papers: candidates, late interaction, exact rules, grouping. The order of the stages, in one place. */
import type { Limitation, SearchMode } from "../contract.ts";
import type { Embedding } from "../model/chunk.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { Filter, Hit, Snapshot } from "../ports/index-store.ts";
import {
  exactProbability,
  goodByWordsFrom,
  goodFrom,
  lexicallyAnswerable,
  relevantFrom,
  surelyFrom,
} from "./calibrate.ts";
import { type Candidate, candidatesPerKind, unite } from "./candidates.ts";
import type { NearConcept } from "./concepts.ts";
import { embedQuery } from "./embed-query.ts";
import { type ExactMatch, exactMatches } from "./exact.ts";
import { type Expansion, expand } from "./expand.ts";
import { isEmpty, passes } from "./filter.ts";
import { groupIntoPapers, type RankedPaper } from "./group.ts";
import { planQuery, type QueryPlan, withConcepts } from "./late-interaction.ts";
import { comparedTerms } from "./lexicon.ts";
import { smooth, type VectorCache, vectorsOf } from "./neighbours.ts";
import { hitsOfOrgs, type NamedOrg, orgsBesideSubject, withOrgsMet } from "./org-and-subject.ts";
import { phraseCandidates, phraseHits, unscored } from "./phrases.ts";
import type { Prepared } from "./prepared.ts";
import type { Query } from "./query.ts";
import type { Ranking } from "./ranking.ts";
import { askedByMeaning, receptionByWords } from "./reception.ts";
import { type Reranked, rerank, type TokenCache } from "./rerank.ts";
import { scoreChunks } from "./score.ts";
import type { Pause } from "./slices.ts";
import type { Stages } from "./stages.ts";

export interface Retrieval {
  readonly papers: readonly RankedPaper[];
  /** Whether it is likely that anything answers the query. */
  readonly promising: boolean;
  readonly candidates: ReadonlyMap<string, Candidate>;
  /** What late interaction saw, by chunk id; empty without it. */
  readonly reranked: ReadonlyMap<string, Reranked>;
  /** Late-interaction scores after smoothing, by chunk id. */
  readonly scores: ReadonlyMap<string, number>;
  readonly plan: QueryPlan | null;
  /** Concepts that the query seems to describe, nearest first. */
  readonly concepts: readonly NearConcept[];
  readonly expansion: Expansion;
  readonly limitations: readonly Limitation[];
}

export interface RetrieveDeps {
  readonly snapshot: Snapshot;
  readonly embedder: Embedder | null;
  readonly ranking: Ranking;
  readonly prepared: Prepared;
  readonly tokens: TokenCache;
  readonly vectors: VectorCache;
  readonly stages: Stages;
  readonly pause: Pause;
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
  const limitations: Limitation[] = [];
  const expansion =
    stages.glossary && mode !== "lexical"
      ? expand(query.text, deps.ranking.glossary, prepared.names, deps.ranking.everyday.knows)
      : { spans: [], text: query.text };
  const orgs =
    mode === "hybrid" && stages.exact
      ? orgsBesideSubject(query.text, { ...deps.ranking, names: prepared.names })
      : [];
  const { candidates, embedding, exact, plan, concepts, quoting } = await gather(
    deps,
    query,
    filter,
    mode,
    expansion,
    orgs,
    limitations,
    signal,
  );
  const ids = candidates.map((candidate) => candidate.chunkId);
  const similarity = plan === null ? null : deps.ranking.similarity;
  const [reranked, vectors] = await Promise.all([
    plan === null || similarity === null
      ? new Map<string, Reranked>()
      : rerank(ids, plan, similarity, deps.snapshot, deps.tokens),
    similarity === null || !stages.neighbours ? null : vectorsOf(ids, deps.snapshot, deps.vectors),
  ]);
  await deps.pause();
  signal?.throwIfAborted();
  const late = new Map([...reranked].map(([id, chunk]) => [id, chunk.late.score]));
  const smoothed = vectors === null ? late : smooth(late, vectors);
  const scores =
    plan === null ? smoothed : withOrgsMet(smoothed, orgs, plan, reranked, candidates, prepared.cards);
  const byLetters = embedding === null;
  const asked = askedByMeaning(deps, query.text, plan, reranked);
  const scored = scoreChunks(candidates, scores, asked, byLetters);
  const all = [...scored.chunks, ...unscored(quoting, scored.chunks, relevantFrom)];
  const papers = groupIntoPapers(all, exact, exactProbability, prepared.position);
  const likelihood = byLetters
    ? lexicallyAnswerable(await receptionByWords(deps, papers, query.text))
    : scored.likelihood;
  return {
    // No paper is likelier to answer than that anything does, unless it was named.
    papers: byLetters ? papers.map((paper) => atMost(paper, likelihood)) : papers,
    promising: byLetters
      ? likelihood >= goodByWordsFrom
      : likelihood >= goodFrom && papers.some((paper) => paper.probability >= surelyFrom),
    candidates: new Map(candidates.map((candidate) => [candidate.chunkId, candidate])),
    reranked,
    scores,
    plan,
    concepts,
    expansion,
    limitations,
  };
}

interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly embedding: Embedding | null;
  readonly exact: ReadonlyMap<string, ExactMatch>;
  readonly plan: QueryPlan | null;
  readonly concepts: readonly NearConcept[];
  /** Chunks that may hold the quoted phrases. */
  readonly quoting: readonly Hit[];
}

/**
 * Asks the index by vector, by letters and by name. Encoder and index work beside this thread: names are matched and letters
 * looked up while the query is encoded, and vectors looked up while it is laid out.
 */
async function gather(
  deps: RetrieveDeps,
  query: Query,
  filter: Filter,
  mode: SearchMode,
  expansion: Expansion,
  orgs: readonly NamedOrg[],
  limitations: Limitation[],
  signal: AbortSignal | undefined,
): Promise<Gathered> {
  const { snapshot } = deps;
  const byLetters = mode !== "semantic" || deps.embedder === null;
  const byMeaning = async () => {
    const embedding =
      mode === "lexical" || query.text === ""
        ? null
        : await embedQuery(deps.embedder, query.text, limitations, signal);
    signal?.throwIfAborted();
    const [semantic, ofOrgs, { plan, concepts }] = await Promise.all([
      embedding === null
        ? []
        : snapshot.nearest(embedding.vector, { limit: candidatesPerKind, ...filterOf(filter) }),
      embedding === null ? [] : hitsOfOrgs(snapshot, embedding.vector, orgs, filter),
      planOf(deps, query.text, embedding, expansion, limitations, signal),
    ]);
    return { embedding, semantic, ofOrgs, plan, concepts };
  };
  const byName = async () => {
    const exact =
      mode === "semantic" || !deps.stages.exact
        ? new Map<string, ExactMatch>()
        : exactIn(query, filter, deps.prepared);
    return { exact, named: await chunksOfNamed(snapshot, [...exact.keys()].slice(0, namedPapersMax)) };
  };
  const [{ embedding, semantic, ofOrgs, plan, concepts }, lexical, quoting, { exact, named }] =
    await Promise.all([
      byMeaning(),
      byLetters ? lexicalHits(snapshot, query, expansion.text, filter) : [],
      phraseHits(snapshot, query.phrases, filter),
      byName(),
    ]);
  const asked = [...named, ...ofOrgs, ...quoting.slice(0, phraseCandidates)];
  return { candidates: unite(semantic, lexical, asked), embedding, exact, plan, concepts, quoting };
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

interface Planned {
  readonly plan: QueryPlan | null;
  readonly concepts: readonly NearConcept[];
}

async function planOf(
  { ranking, prepared, stages, pause }: RetrieveDeps,
  text: string,
  embedding: Embedding | null,
  { spans }: Expansion,
  limitations: Limitation[],
  signal: AbortSignal | undefined,
): Promise<Planned> {
  const tokens = embedding?.tokens ?? null;
  if (!stages.lateInteraction || tokens === null || tokens.count === 0) return { plan: null, concepts: [] };
  const { termVectors } = ranking;
  const orSay = async <T>(work: Promise<T> | undefined): Promise<T | undefined> => {
    try {
      return await work;
    } catch (cause) {
      signal?.throwIfAborted();
      if (!(cause instanceof Error)) throw cause;
      if (limitations.every(({ code }) => code !== "terms-failed"))
        limitations.push({ code: "terms-failed" });
      return undefined;
    }
  };
  const load = (terms: readonly string[]) => orSay(termVectors?.load(terms, signal));
  await load(spans.flatMap((span) => span.equivalents));
  const vectors = (term: string) => termVectors?.get(term);
  const plan = planQuery(text, tokens, spans, vectors, prepared.statistics);
  // A picture has tokens, but no word that a part could be made of.
  const finding =
    stages.concepts && plan.count > 0
      ? ranking.concepts?.find(plan, signal === undefined ? { pause } : { pause, signal })
      : undefined;
  const concepts = (await orSay(finding)) ?? [];
  if (concepts.length === 0) return { plan, concepts };
  const readings = concepts.map(({ concept, closeness }) => ({
    name: concept.name,
    closeness,
    terms: comparedTerms(concept),
  }));
  await load(readings.flatMap(({ terms }) => terms));
  return { plan: withConcepts(plan, readings, vectors, prepared.statistics), concepts };
}

function filterOf(filter: Filter): { readonly filter?: Filter } {
  return isEmpty(filter) ? {} : { filter };
}

function atMost(paper: RankedPaper, likelihood: number): RankedPaper {
  return paper.exact === null ? { ...paper, probability: Math.min(paper.probability, likelihood) } : paper;
}
