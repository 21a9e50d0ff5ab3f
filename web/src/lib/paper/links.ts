/** Where a paper can be read elsewhere. */
import type { PaperSummary } from "@nonmun/core/contract";
import type { Messages } from "#lib/i18n/en.ts";

export interface NamedLink {
  readonly name: string;
  readonly href: string;
}

/** Hugging Face page, arXiv abstract and PDF by the arXiv id, the link of the heading if it is another, the original post. */
export function paperLinks(paper: PaperSummary, t: Messages): readonly NamedLink[] {
  const { arxivId, url, sourceHref } = paper;
  const known: NamedLink[] =
    arxivId === null
      ? []
      : [
          { name: t.paper.huggingFace, href: `https://huggingface.co/papers/${arxivId}` },
          { name: t.paper.abstract, href: `https://arxiv.org/abs/${arxivId}` },
          { name: t.paper.pdf, href: `https://arxiv.org/pdf/${arxivId}` },
        ];
  const isOther = url !== null && (arxivId === null || !url.includes(arxivId));
  return [
    ...known,
    ...(isOther ? [{ name: t.paper.paper, href: url }] : []),
    ...(sourceHref === null ? [] : [{ name: t.paper.original, href: sourceHref }]),
  ];
}
