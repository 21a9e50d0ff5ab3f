/** How the whole result divides by org, tag, year and post. */
import type { FacetCount, Facets } from "../contract.ts";
import type { PaperCard } from "../ports/index-store.ts";

export function facetsOf(cards: readonly PaperCard[]): Facets {
  return {
    org: counts(cards, (card) => card.orgs),
    tag: counts(cards, (card) => card.tags),
    year: counts(cards, (card) => (card.date === null ? [] : [card.date.slice(0, 4)])),
    post: counts(cards, (card) => [card.postPath]),
  };
}

/** Most frequent first, then by value; a paper that repeats a value counts once. */
function counts(
  cards: readonly PaperCard[],
  valuesOf: (card: PaperCard) => readonly string[],
): readonly FacetCount[] {
  const found = new Map<string, number>();
  for (const card of cards) {
    for (const value of new Set(valuesOf(card))) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return [...found]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}
