/** Why a paper is named as related: the plainest thing that the two have in common. */
import type { PaperSummary } from "@nonmun/core/contract";
import type { Messages } from "#lib/i18n/en.ts";

export function whyRelated(paper: PaperSummary, other: PaperSummary, t: Messages): string {
  const why = t.paper.relatedWhy;
  const tag = other.tags.find((name) => paper.tags.includes(name));
  if (tag !== undefined) return why.tag(tag);
  const org = other.orgs.find((name) => paper.orgs.includes(name));
  if (org !== undefined) return why.org(org);
  return other.post.path === paper.post.path ? why.post : why.meaning;
}
