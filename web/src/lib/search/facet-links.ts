/** The facets of an answer as links: what each value would make of the search. */
import type { FacetCount, Facets } from "@nonmun/core/contract";
import { changed, type SearchState, searchHref, toggled, toggledYear, yearOf } from "./url.ts";

export interface FacetValue {
  readonly value: string;
  readonly label: string;
  /** Null when the answer does not count a value that is switched on. */
  readonly count: number | null;
  readonly active: boolean;
  readonly href: string;
}

export interface FacetGroupLinks {
  readonly name: "org" | "tag" | "year" | "post";
  readonly links: readonly FacetValue[];
}

/** Groups with nothing to choose between are left out, unless something in them is switched on. */
export function facetLinks(state: SearchState, facets: Facets): readonly FacetGroupLinks[] {
  const year = yearOf(state);
  const groups: readonly FacetGroupLinks[] = [
    { name: "org", links: links(facets.org, state.org, (value) => toggled(state, "org", value)) },
    { name: "tag", links: links(facets.tag, state.tag, (value) => toggled(state, "tag", value)) },
    {
      name: "year",
      // Time has an order of its own.
      links: links(
        facets.year.toSorted((a, b) => b.value.localeCompare(a.value)),
        year === null ? [] : [year],
        (value) => toggledYear(state, value),
      ),
    },
    {
      name: "post",
      links: links(facets.post, state.post === null ? [] : [state.post], (value) =>
        changed(state, { post: state.post === value ? null : value }),
      ).map((link) => ({ ...link, label: postLabel(link.value) })),
    },
  ];
  return groups.filter(({ links }) => links.length > 1 || links.some(({ active }) => active));
}

/** A post's path without what every path has: folders and extension. */
export function postLabel(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.mdx?$/u, "");
}

function links(
  counts: readonly FacetCount[],
  active: readonly string[],
  choose: (value: string) => SearchState,
): readonly FacetValue[] {
  const uncounted = active.filter((value) => !counts.some((count) => count.value === value));
  return [...uncounted.map((value) => ({ value, count: null })), ...counts].map(({ value, count }) => ({
    value,
    label: value,
    count,
    active: active.includes(value),
    href: searchHref(choose(value)),
  }));
}
