/** Whether a paper passes a filter: the same rule that stores apply, for lists made from the catalogue alone. */
import type { Filter, PaperCard } from "../ports/index-store.ts";
import { fold } from "../text/normalize.ts";

export function passes(card: PaperCard, filter: Filter): boolean {
  if (filter.orgs !== undefined && filter.orgs.length > 0 && !overlaps(card.orgs, filter.orgs)) return false;
  if (filter.tags !== undefined && filter.tags.length > 0 && !overlaps(card.tags, filter.tags)) return false;
  if (filter.post !== undefined && !samePost(card.postPath, filter.post)) return false;
  if (filter.from !== undefined && (card.date === null || card.date < filter.from)) return false;
  if (filter.to !== undefined && (card.date === null || card.date > filter.to)) return false;
  return true;
}

export function isEmpty(filter: Filter): boolean {
  return Object.keys(filter).length === 0;
}

function overlaps(has: readonly string[], wanted: readonly string[]): boolean {
  const folded = new Set(wanted.map(fold));
  return has.some((value) => folded.has(fold(value)));
}

function samePost(path: string, wanted: string): boolean {
  const post = fold(wanted);
  return post === fold(path) || post === fold(path.replace(/\.[^./]+$/u, ""));
}
