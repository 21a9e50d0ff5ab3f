/** What a review's page tells search engines about itself. */
import type { PaperDetail } from "@nonmun/core/contract";
import { languageOfHtml } from "#lib/i18n/text-language.ts";

/** Longest description that result pages show whole, in characters. */
const descriptionMax = 160;

/** The first sentences of the review as plain text. */
export function descriptionOf(html: string): string {
  const text = html
    .slice(0, 4000)
    .replace(/<(?:h[1-6]|figure|pre|table)\b[\s\S]*?<\/(?:h[1-6]|figure|pre|table)>/gu, " ")
    .replace(/<[^>]*>/gu, " ")
    .replace(/&(?:#x([0-9a-f]+)|#(\d+)|(amp|lt|gt|quot|nbsp));/giu, decoded)
    .replace(/\s+/gu, " ")
    .trim();
  const characters = [...text];
  return characters.length <= descriptionMax ? text : `${characters.slice(0, descriptionMax - 1).join("")}…`;
}

/** schema.org: a Review of a ScholarlyArticle; a note about no paper is an Article. */
export function jsonLdOf(paper: PaperDetail, description: string, origin: string): object {
  const url = origin + paper.href;
  const inLanguage = languageOfHtml(paper.html) ?? "ko";
  const common = { "@context": "https://schema.org", name: paper.title, description, url, inLanguage };
  const dated = paper.date === null ? {} : { datePublished: paper.date };
  if (paper.kind === "note") return { ...common, ...dated, "@type": "Article", headline: paper.title };
  return {
    ...common,
    ...dated,
    "@type": "Review",
    isPartOf: { "@type": "BlogPosting", name: paper.post.title },
    itemReviewed: {
      "@type": "ScholarlyArticle",
      name: paper.title,
      ...(paper.subtitle === null ? {} : { alternativeHeadline: paper.subtitle }),
      ...(paper.url === null ? {} : { url: paper.url }),
      ...(paper.arxivId === null
        ? {}
        : { identifier: `arXiv:${paper.arxivId}`, sameAs: `https://arxiv.org/abs/${paper.arxivId}` }),
      ...(paper.orgs.length === 0
        ? {}
        : { sourceOrganization: paper.orgs.map((name) => ({ "@type": "Organization", name })) }),
    },
  };
}

function decoded(whole: string, hex?: string, decimal?: string, name?: string): string {
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (name === undefined) return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  return { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " }[name.toLowerCase()] ?? whole;
}
