/** Ranked papers as results: sections with their snippets, and why each paper stands where it does. */
import type { Explanation, Remark, SearchResult, SectionHit, StageScore } from "../contract.ts";
import type { Chunk } from "../model/chunk.ts";
import type { PaperCard } from "../ports/index-store.ts";
import type { RankedPaper, ScoredChunk } from "./group.ts";
import { paperHref, summarize } from "./links.ts";
import type { Evidence } from "./rerank.ts";
import type { Retrieval } from "./retrieve.ts";
import { snippetOf } from "./snippet.ts";

/** Sections shown for one paper. */
const sectionsMax = 3;
/** A further section must be at least this likely, next to the paper's best one. */
const sectionShare = 0.5;

/** The chunks whose text the page needs: one per section. Without scored chunks none. */
export function sectionChunks(paper: RankedPaper): readonly ScoredChunk[] {
  const best = paper.chunks[0]?.probability ?? 0;
  return paper.chunks
    .filter((chunk, index) => index === 0 || chunk.probability >= sectionShare * best)
    .slice(0, 2 * sectionsMax);
}

export function resultOf(
  paper: RankedPaper,
  card: PaperCard,
  chunks: ReadonlyMap<string, Chunk>,
  retrieval: Retrieval,
  evidence: ReadonlyMap<string, Evidence>,
  typed: string,
  siteUrl: string | null,
  explain: boolean,
): SearchResult {
  const result = {
    paper: summarize(card, siteUrl),
    score: rounded(paper.probability),
    sections: sectionsOf(paper, chunks, evidence, typed),
  };
  return explain ? { ...result, explain: explanationOf(paper, retrieval) } : result;
}

function sectionsOf(
  paper: RankedPaper,
  chunks: ReadonlyMap<string, Chunk>,
  evidence: ReadonlyMap<string, Evidence>,
  typed: string,
): readonly SectionHit[] {
  const anchors = new Set<string>();
  const sections: SectionHit[] = [];
  for (const scored of sectionChunks(paper)) {
    const chunk = chunks.get(scored.chunkId);
    if (chunk === undefined || anchors.has(chunk.anchor) || sections.length === sectionsMax) continue;
    anchors.add(chunk.anchor);
    sections.push({
      heading: chunk.heading,
      anchor: chunk.anchor,
      href: `${paperHref(paper.paperId)}#${encodeURIComponent(chunk.anchor)}`,
      snippet: snippetOf(chunk, typed, evidence.get(chunk.id) ?? null),
      score: rounded(scored.probability),
    });
  }
  return sections;
}

function explanationOf(paper: RankedPaper, retrieval: Retrieval): Explanation {
  const best = paper.chunks[0];
  const candidate = best === undefined ? undefined : retrieval.candidates.get(best.chunkId);
  const seen = best === undefined ? undefined : retrieval.reranked.get(best.chunkId);
  const remarks = remarksOf(retrieval, best);
  return {
    ...(candidate?.semantic ? { semantic: stage(candidate.semantic) } : {}),
    ...(candidate?.lexical ? { lexical: stage(candidate.lexical) } : {}),
    ...(candidate !== undefined && candidate.fused > 0
      ? {
          fused: {
            rank: 1 + [...retrieval.candidates.keys()].indexOf(candidate.chunkId),
            score: rounded(candidate.fused),
          },
        }
      : {}),
    ...(seen === undefined || best === undefined
      ? {}
      : { lateInteraction: { rank: lateRank(seen.late.score, retrieval), score: rounded(seen.late.score) } }),
    ...(paper.exact === null ? {} : { exact: { rule: paper.exact.rule, matched: paper.exact.matched } }),
    terms: (retrieval.plan?.parts ?? []).map((part, index) => {
      const found = seen?.late.parts[index];
      return {
        query: part.text,
        matched: part.readings[found?.reading ?? 0]?.text ?? part.text,
        score: rounded(found?.score ?? 0),
      };
    }),
    notes: remarks.map(sentenceOf),
    remarks,
  };
}

function sentenceOf(remark: Remark): string {
  switch (remark.kind) {
    case "equivalents":
      return `${remark.term}: also ${remark.equivalents.join(", ")}.`;
    case "concept":
      return `Like "${remark.description}" (${remark.closeness}): also ${remark.terms.join(", ")}.`;
    case "neighbours":
      return `With its neighbours' scores: ${remark.after} instead of ${remark.before}.`;
  }
}

function remarksOf(
  { expansion, concepts, reranked, scores }: Retrieval,
  best: ScoredChunk | undefined,
): readonly Remark[] {
  const added: readonly Remark[] = [
    ...expansion.spans.map((span) => ({
      kind: "equivalents" as const,
      term: span.spelling,
      equivalents: span.equivalents,
    })),
    ...concepts.map(({ concept, description, closeness }) => ({
      kind: "concept" as const,
      concept: concept.name,
      description,
      terms: concept.terms,
      closeness: rounded(closeness),
    })),
  ];
  const before = best === undefined ? undefined : reranked.get(best.chunkId)?.late.score;
  const after = best === undefined ? undefined : scores.get(best.chunkId);
  if (before === undefined || after === undefined || rounded(before) === rounded(after)) return added;
  return [...added, { kind: "neighbours", before: rounded(before), after: rounded(after) }];
}

function lateRank(score: number, { reranked }: Retrieval): number {
  let rank = 1;
  for (const { late } of reranked.values()) if (late.score > score) rank += 1;
  return rank;
}

function stage({ rank, score }: StageScore): StageScore {
  return { rank, score: rounded(score) };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
