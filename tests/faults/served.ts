/** What a reader gets from an index: which rounds its parts speak of, and all of it in a form that can be compared. */
import { createHash } from "node:crypto";
import { openLanceStore } from "@nonmun/core/adapters/lance-store/open";
import { createPlainSimilarity } from "@nonmun/core/adapters/plain-similarity";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import type { Searcher } from "@nonmun/core/ports/searcher";
import { createRanking } from "@nonmun/core/search/ranking";
import { createSearcher } from "@nonmun/core/search/searcher";
import { type Rounds, roundIn } from "./posts.ts";

export const queries = [
  "보상 모델",
  "diffusion 정책 논문",
  "방법을 설명",
  "google long context",
  "잠재 표현",
];

/** Opens the index as a server does, lends the newest generation to `work`, and closes it. */
export async function withIndex<T>(
  index: string,
  work: (snapshot: Snapshot | null) => Promise<T>,
): Promise<T> {
  const store = await openLanceStore(index);
  try {
    const snapshot = await store.open();
    try {
      return await work(snapshot);
    } finally {
      await snapshot?.close();
    }
  } finally {
    await store.close();
  }
}

/** The round of each post that is served; throws when parts of a post, or of the index, are of different states. */
export async function servedRounds(index: string): Promise<Rounds> {
  return withIndex(index, async (snapshot) => (snapshot === null ? new Map() : roundsOf(snapshot)));
}

export async function roundsOf(snapshot: Snapshot): Promise<Rounds> {
  const posts = await snapshot.posts();
  const rounds = new Map(posts.map((post) => [post.path, roundIn(post.title)]));
  const cards = await snapshot.catalogue();
  const chunks = await snapshot.chunksOf(cards.map((card) => card.id));
  const tokens = await snapshot.tokens(chunks.map((chunk) => chunk.id));
  const matched = await snapshot.match("round 본문 논문", { limit: 10_000 });
  const mixed = [
    ...cards.filter((card) => rounds.get(card.postPath) !== roundIn(card.title)).map((card) => card.id),
    ...chunks
      .filter((chunk) => rounds.get(chunk.postPath) !== roundIn(chunk.embedded))
      .map((chunk) => chunk.id),
    ...chunks.filter((chunk) => !tokens.has(chunk.id)).map((chunk) => `${chunk.id} without tokens`),
  ];
  const { counts } = snapshot.manifest;
  const asManifest = { posts: posts.length, papers: cards.length, notes: 0, chunks: chunks.length };
  if (JSON.stringify(counts) !== JSON.stringify(asManifest))
    mixed.push(JSON.stringify({ counts, asManifest }));
  if (matched.length !== chunks.length) mixed.push(`${matched.length} of ${chunks.length} matched`);
  if (mixed.length > 0) throw new Error(`The index is mixed: ${mixed.join("; ")}`);
  return rounds;
}

/** Everything that two indexes of the same posts must have in common. Vectors and their scores to three digits. */
export async function wholeIndex(index: string): Promise<object> {
  return withIndex(index, async (snapshot) => {
    if (snapshot === null) throw new Error(`There is no index in ${index}.`);
    const cards = await snapshot.catalogue();
    const chunks = await snapshot.chunksOf(cards.map((card) => card.id));
    const searcher = lexical(snapshot);
    const first = (await snapshot.vectors(chunks.slice(0, 1).map((chunk) => chunk.id))).values().next().value;
    const near = first === undefined ? [] : await snapshot.nearest(first, { limit: 20 });
    const papers = await Promise.all(cards.map((card) => snapshot.paper(card.id)));
    const layout = await snapshot.artifact("map-layout");
    return {
      complete: snapshot.manifest.complete,
      counts: snapshot.manifest.counts,
      posts: (await snapshot.posts()).map(({ path, hash }) => [path, hash]),
      papers: papers.map((paper) => digest(paper)),
      chunks: chunks.map((chunk) => [chunk.id, digest(chunk)]),
      tokens: [...(await snapshot.tokens(chunks.map((chunk) => chunk.id)))].map(([id, { ids }]) => [
        id,
        ids.join(),
      ]),
      frequencies: [...(await snapshot.documentFrequencies())].sort(([a], [b]) => a - b),
      placed: layout === null ? null : idsOf(layout),
      pictures: await picturesOf(snapshot, papers),
      near: near.map((hit) => hit.score.toFixed(3)),
      answers: await Promise.all(queries.map((text) => found(searcher, text))),
    };
  });
}

/** A searcher without an encoder: quick to make, and exact from one index to the next. */
export function lexical(snapshot: Snapshot): Searcher {
  const ranking = createRanking({ glossary: [], embedder: null, similarity: createPlainSimilarity() });
  const clock = () => performance.now();
  return createSearcher({ snapshot, embedder: null, ranking, siteUrl: null, clock });
}

export async function found(searcher: Searcher, text: string): Promise<readonly (readonly string[])[]> {
  const request = { text, mode: "lexical", filters: {}, sort: "relevance", limit: 20, offset: 0 } as const;
  const { results } = await searcher.search({ ...request, explain: false });
  return results.map(({ paper, score }) => [paper.id, paper.title, score.toFixed(6)]);
}

async function picturesOf(
  snapshot: Snapshot,
  papers: readonly Awaited<ReturnType<Snapshot["paper"]>>[],
): Promise<readonly string[]> {
  const ids = papers.flatMap((paper) => paper?.figures.flatMap((figure) => figure.asset ?? []) ?? []);
  return Promise.all(ids.map(async (id) => `${id} ${(await snapshot.asset(id))?.bytes.length}`));
}

function idsOf(layout: Uint8Array): readonly string[] {
  const places = JSON.parse(new TextDecoder().decode(layout)) as readonly { readonly id: string }[];
  return places.map((place) => place.id).sort();
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
