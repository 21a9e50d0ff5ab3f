/** Filters and orders that every store shares: what a filter means, in which order papers are listed. */
import type { Filter, PaperCard, StoredPaper } from "../ports/index-store.ts";
import { fold } from "../text/normalize.ts";

/** A filter in the form in which it is compared. Null where it sets no condition. */
export interface FoldedFilter {
  readonly orgs: readonly string[] | null;
  readonly tags: readonly string[] | null;
  readonly post: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** What a filter looks at, in the same form. */
export interface FilterFacts {
  readonly orgs: readonly string[];
  readonly tags: readonly string[];
  readonly post: string;
  readonly postStem: string;
  readonly date: string | null;
}

export function foldFilter(filter: Filter = {}): FoldedFilter {
  return {
    orgs: filter.orgs === undefined || filter.orgs.length === 0 ? null : filter.orgs.map(fold),
    tags: filter.tags === undefined || filter.tags.length === 0 ? null : filter.tags.map(fold),
    post: filter.post === undefined ? null : fold(filter.post),
    from: filter.from ?? null,
    to: filter.to ?? null,
  };
}

export function factsOf(paper: Pick<PaperCard, "orgs" | "tags" | "postPath" | "date">): FilterFacts {
  return {
    orgs: paper.orgs.map(fold),
    tags: paper.tags.map(fold),
    post: fold(paper.postPath),
    postStem: fold(paper.postPath.replace(/\.[^./]+$/u, "")),
    date: paper.date,
  };
}

export function accepts(filter: FoldedFilter, facts: FilterFacts): boolean {
  if (filter.orgs?.some((org) => facts.orgs.includes(org)) === false) return false;
  if (filter.tags?.some((tag) => facts.tags.includes(tag)) === false) return false;
  if (filter.post !== null && filter.post !== facts.post && filter.post !== facts.postStem) return false;
  if (filter.from !== null && (facts.date === null || facts.date < filter.from)) return false;
  if (filter.to !== null && (facts.date === null || facts.date > filter.to)) return false;
  return true;
}

/** A paper without its text, built key by key so that nothing heavy stays attached. */
export function cardOf(paper: StoredPaper): PaperCard {
  const { headings: _headings, figures: _figures, html: _html, span: _span, ...card } = paper;
  return card;
}

/** Newest first: date (papers without one last), then post path descending, then order in the post. */
export function newestFirst(left: PaperCard, right: PaperCard): number {
  return (
    compare(right.date ?? "", left.date ?? "") ||
    compare(right.postPath, left.postPath) ||
    left.order - right.order ||
    compare(left.id, right.id)
  );
}

/** By UTF-16 code units: the same on every machine, whatever its locale. */
export function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
