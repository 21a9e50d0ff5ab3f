/** The searcher: one snapshot, one pipeline, from what was typed to the answer. */
import type { Limitation, SearchFilters, SearchResponse, SearchResult } from "../contract.ts";
import { type BoundedCache, createBoundedCache } from "../model/bounded-cache.ts";
import type { Filter, PaperCard } from "../ports/index-store.ts";
import type { Searcher, SearcherDeps, SearchRequest } from "../ports/searcher.ts";
import { relevantFrom } from "./calibrate.ts";
import { corpusTerms } from "./corpus-terms.ts";
import { facetsOf } from "./facets.ts";
import { passes } from "./filter.ts";
import type { RankedPaper } from "./group.ts";
import { keyboardSlip } from "./keyboard-slip.ts";
import { sentenceOf } from "./limitations.ts";
import { summarize } from "./links.ts";
import { createVectorCache, type VectorCache } from "./neighbours.ts";
import { resolveOrg } from "./orgs.ts";
import { type Prepared, prepare } from "./prepared.ts";
import { resultOf, sectionChunks } from "./present.ts";
import { filtersOf, isListing, parseQuery, type Query } from "./query.ts";
import type { Ranking } from "./ranking.ts";
import { relatedPapers } from "./related.ts";
import { createTokenCache, type Evidence, evidenceOf, type TokenCache } from "./rerank.ts";
import { restrict, withoutExcluded } from "./restrict.ts";
import { type Retrieval, retrieve } from "./retrieve.ts";
import { endsSlice, inSlices, type Pause } from "./slices.ts";
import { allStages, type Stages } from "./stages.ts";
import { type SuggestIndex, suggestionSlices, suggestionsFor } from "./suggest.ts";
import { topicSlices } from "./topics.ts";

export interface RankedSearcherDeps extends SearcherDeps {
  readonly ranking: Ranking;
  /** Stages switched off, for an evaluation. All are on by default. */
  readonly stages?: Partial<Stages>;
}

/** Answers kept for queries that come again. */
const answersMax = 200;
/** Results that are shown however unlikely they are: the first page. */
const nearestShown = 10;
/** Results that are made at a time: finding their words and passages takes 1 to 2 ms. */
const resultsAtOnce = 10;

interface Room {
  readonly deps: RankedSearcherDeps;
  readonly stages: Stages;
  readonly tokens: TokenCache;
  readonly vectors: VectorCache;
  readonly answers: BoundedCache<SearchResponse>;
  readonly pause: Pause;
  prepared(): Promise<Prepared>;
  suggestions(): Promise<SuggestIndex>;
}

export function createSearcher(deps: RankedSearcherDeps): Searcher {
  const prepared = once(() => prepare(deps.snapshot, deps.ranking.glossary, deps.pause));
  const room: Room = {
    deps,
    stages: { ...allStages, ...deps.stages },
    tokens: createTokenCache(),
    vectors: createVectorCache(),
    answers: createBoundedCache(answersMax),
    pause: deps.pause ?? (async () => undefined),
    prepared,
    suggestions: suggestionsOver(deps, prepared),
  };
  return {
    async search(request, options) {
      const started = deps.clock();
      const key = JSON.stringify([request, deps.embedder === null]);
      const kept = room.answers.get(key);
      const answer = kept ?? (await answerTo(room, request, options?.signal));
      if (kept === undefined && answer.degraded.length === 0) room.answers.set(key, answer);
      return { ...answer, tookMs: Math.round((deps.clock() - started) * 100) / 100 };
    },
    async related(paperIds, limit) {
      const { cards } = await room.prepared();
      return relatedPapers(paperIds, limit, deps.snapshot, cards, deps.siteUrl);
    },
    async suggest(text, limit) {
      return suggestionsFor(text, await room.suggestions(), limit);
    },
    async prepare() {
      await room.prepared();
    },
    async topics(places) {
      const { cards } = await room.prepared();
      return inSlices(topicSlices(places, cards, deps.ranking.glossary), room.pause);
    },
  };
}

async function answerTo(room: Room, request: SearchRequest, signal?: AbortSignal): Promise<SearchResponse> {
  const prepared = await room.prepared();
  const query = parseQuery(request.text);
  const filter = filtersOf(query, request.filters, (org) => resolveOrg(org, prepared.names));
  signal?.throwIfAborted();
  if (isListing(query)) return listing(room, request, query, filter, prepared);
  const retrieval = await retrieve({ ...room.deps, ...room, prepared }, query, filter, request.mode, signal);
  const restricted = await restrict(retrieval.papers, query, room.deps.snapshot, prepared);
  await room.pause();
  signal?.throwIfAborted();
  const good =
    restricted.phraseFound || (restricted.limitation === null && isGood(restricted.papers, retrieval));
  const limitations: readonly Limitation[] = [
    ...retrieval.limitations,
    ...(query.undated.length === 0 ? [] : [{ code: "not-a-date" as const, words: query.undated }]),
    ...(restricted.limitation === null ? [] : [restricted.limitation]),
  ];
  const counted = counting(restricted.papers, good, restricted.phraseFound);
  const sorted =
    request.sort === "newest"
      ? [...counted].sort((one, other) => prepared.position(one.paperId) - prepared.position(other.paperId))
      : counted;
  const page = sorted.slice(request.offset, request.offset + request.limit);
  return {
    query: described(request, query, filter, prepared),
    total: counted.length,
    match: good ? "good" : "weak",
    tookMs: 0,
    degraded: limitations.map(sentenceOf),
    limitations,
    results: await resultsOf(room, page, retrieval, query, request, prepared),
    facets: facetsOf(counted.flatMap((paper) => prepared.cards.get(paper.paperId) ?? [])),
  };
}

function isGood(papers: readonly RankedPaper[], retrieval: Retrieval): boolean {
  return papers.length > 0 && (papers[0]?.exact !== null || retrieval.promising);
}

/**
 * The papers that make up the result: all likely ones, and at least the nearest few, so that a page is never bare. When
 * nothing is likely, the nearest few are all there is.
 */
function counting(
  papers: readonly RankedPaper[],
  good: boolean,
  phraseFound: boolean,
): readonly RankedPaper[] {
  if (phraseFound) return papers;
  return papers.filter(
    (paper, index) =>
      index < nearestShown || (good && (paper.exact !== null || paper.probability >= relevantFrom)),
  );
}

async function resultsOf(
  room: Room,
  page: readonly RankedPaper[],
  retrieval: Retrieval,
  query: Query,
  request: SearchRequest,
  prepared: Prepared,
): Promise<readonly SearchResult[]> {
  const ids = page.flatMap((paper) => sectionChunks(paper).map((chunk) => chunk.chunkId));
  const { plan, reranked } = retrieval;
  const { snapshot, ranking, siteUrl } = room.deps;
  const [found, evidence] = await Promise.all([
    snapshot.chunks(ids),
    plan === null || ranking.similarity === null
      ? new Map<string, Evidence>()
      : evidenceOf(ids, plan, reranked, ranking.similarity),
  ]);
  const chunks = new Map(found.map((chunk) => [chunk.id, chunk]));
  const results: SearchResult[] = [];
  for (const [index, paper] of page.entries()) {
    const card = prepared.cards.get(paper.paperId);
    if (card === undefined) continue;
    results.push(resultOf(paper, card, chunks, retrieval, evidence, query.text, siteUrl, request.explain));
    if (endsSlice(index, resultsAtOnce)) await room.pause();
  }
  return results;
}

/** An empty query: papers that pass the filters, newest first, each as certain as a list can be. */
async function listing(
  room: Room,
  request: SearchRequest,
  query: Query,
  filter: Filter,
  prepared: Prepared,
): Promise<SearchResponse> {
  const passing = prepared.catalogue.filter((card) => card.kind === "paper" && passes(card, filter));
  const cards = await withoutExcluded(passing, query, filter, room.deps.snapshot, prepared);
  const page = cards.slice(request.offset, request.offset + request.limit);
  return {
    query: described(request, query, filter, prepared),
    total: cards.length,
    match: "good",
    tookMs: 0,
    degraded: [],
    limitations: [],
    results: page.map((card: PaperCard) => ({
      paper: summarize(card, room.deps.siteUrl),
      score: 1,
      sections: [],
    })),
    facets: facetsOf(cards),
  };
}

function described(
  request: SearchRequest,
  query: Query,
  filter: Filter,
  prepared: Prepared,
): SearchResponse["query"] {
  const filters: SearchFilters = {
    ...(filter.orgs === undefined ? {} : { org: filter.orgs }),
    ...(filter.tags === undefined ? {} : { tag: filter.tags }),
    ...(filter.post === undefined ? {} : { post: filter.post }),
    ...(filter.from === undefined ? {} : { from: filter.from }),
    ...(filter.to === undefined ? {} : { to: filter.to }),
  };
  const suggestion = keyboardSlip(query.text, (word) => prepared.names.words.has(word));
  return { text: query.raw, mode: request.mode, filters, suggestion };
}

/**
 * Suggestions of the catalogue at once; those of the reviews' text too as soon as it has been read, which the first call sets going.
 * When it can't be read, the next call tries again.
 */
function suggestionsOver(
  { snapshot, ranking, pause = async () => undefined }: RankedSearcherDeps,
  prepared: () => Promise<Prepared>,
): () => Promise<SuggestIndex> {
  let whole: SuggestIndex | null = null;
  const read = once(async () => {
    const { catalogue } = await prepared();
    const used = await corpusTerms(snapshot, catalogue, ranking.glossary, pause);
    whole = await inSlices(suggestionSlices(catalogue, ranking.glossary, used), pause);
  });
  return async () => {
    // Nobody waits for the text: a failure is that of a search to come, which reports it.
    read().catch(() => undefined);
    return whole ?? (await prepared()).suggestions;
  };
}

/** Runs once and keeps what came of it; a failure is forgotten, so that the next call tries again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= make().catch((cause: unknown) => {
      running = null;
      throw cause;
    });
    return running;
  };
}
