/** Papers near a paper or a selection, by the mean of their pooled vectors. */
import type { RelatedPaper } from "../contract.ts";
import type { PaperCard, Snapshot } from "../ports/index-store.ts";
import { summarize } from "./links.ts";

/** Chunks looked at for each paper wanted: a paper has several, and the selection's own are among the nearest. */
const chunksPerPaper = 8;

export async function relatedPapers(
  paperIds: readonly string[],
  limit: number,
  snapshot: Snapshot,
  cards: ReadonlyMap<string, PaperCard>,
  siteUrl: string | null,
): Promise<readonly RelatedPaper[]> {
  const known = [...new Set(paperIds)].filter((id) => cards.has(id));
  if (known.length === 0 || limit <= 0) return [];
  const chunks = await snapshot.chunksOf(known);
  const vectors = await snapshot.vectors(chunks.map((chunk) => chunk.id));
  const middle = meanVector([...vectors.values()]);
  if (middle === null) return [];
  const hits = await snapshot.nearest(middle, { limit: chunks.length + limit * chunksPerPaper });
  const best = new Map<string, number>();
  const selected = new Set(known);
  const sources = new Set(known.flatMap((id) => cards.get(id)?.arxivId ?? []));
  for (const hit of hits) {
    const card = cards.get(hit.paperId);
    // Another review of the same paper is not a related paper: the page shows it by itself.
    if (card === undefined || selected.has(hit.paperId)) continue;
    if (card.arxivId !== null && sources.has(card.arxivId)) continue;
    best.set(hit.paperId, Math.max(best.get(hit.paperId) ?? -1, hit.score));
  }
  return [...best]
    .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
    .slice(0, limit)
    .flatMap(([id, score]) => {
      const card = cards.get(id);
      return card === undefined
        ? []
        : [{ paper: summarize(card, siteUrl), score: Math.min(1, Math.max(0, score)) }];
    });
}

/** The normalised mean, or null when there is nothing to average. */
function meanVector(vectors: readonly Float32Array[]): Float32Array | null {
  const [first] = vectors;
  if (first === undefined) return null;
  const sum = new Float32Array(first.length);
  for (const vector of vectors)
    for (let k = 0; k < sum.length; k += 1) sum[k] = (sum[k] ?? 0) + (vector[k] ?? 0);
  const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  return length === 0 ? null : sum.map((value) => value / length);
}
