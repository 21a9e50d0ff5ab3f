/** A paper with its neighbours: what its page shows beyond what is stored of it. */
import type { PaperDetail } from "@nonmun/core/contract";
import type { PaperCard, StoredPaper } from "@nonmun/core/ports/index-store";
import { summarize } from "@nonmun/core/search/links";

/** `catalogue` is the generation's; previous and next are the neighbours in the same post. */
export function paperDetail(
  paper: StoredPaper,
  catalogue: readonly PaperCard[],
  siteUrl: string | null,
): PaperDetail {
  const inPost = catalogue
    .filter((card) => card.postPath === paper.postPath)
    .sort((a, b) => a.order - b.order);
  const here = inPost.findIndex((card) => card.id === paper.id);
  const neighbour = (step: number) => {
    const card = here < 0 ? undefined : inPost[here + step];
    return card === undefined ? null : summarize(card, siteUrl);
  };
  return {
    ...summarize(paper, siteUrl),
    html: paper.html,
    headings: paper.headings,
    figures: paper.figures,
    anchor: paper.anchor,
    previous: neighbour(-1),
    next: neighbour(1),
    sameArxivId: catalogue
      .filter((card) => card.arxivId !== null && card.arxivId === paper.arxivId && card.id !== paper.id)
      .map((card) => summarize(card, siteUrl)),
  };
}
