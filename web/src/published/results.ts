/** Draws the answer of a search. Text from reviews becomes text nodes, never HTML. */
import type { SearchResponse, SearchResult, SectionHit, Suggestion } from "@nonmun/core/contract";
import { type Words, wordsFor } from "./words.ts";

export interface Drawn {
  readonly answer: SearchResponse;
  readonly suggestions: readonly Suggestion[];
  /** Link to the root of the site, with a slash at the end. */
  readonly root: string;
  readonly locale: string;
  /** The same search with more results, or null when all are shown. */
  readonly moreHref: string | null;
}

export function drawResults(place: HTMLElement, drawn: Drawn): void {
  const { answer, suggestions, root, locale, moreHref } = drawn;
  const words = wordsFor(locale);
  const facets = answer.facets.org
    .slice(0, 8)
    .map(({ value, count }) => link(`${root}?${withOrg(value)}`, `${value} ${count}`));
  place.replaceChildren(
    element("h2", { class: "visually-hidden" }, [words.results]),
    element("p", { class: "nonmun-status", role: "status" }, [summaryOf(answer, words)]),
    ...notes(answer, words),
    ...(answer.query.suggestion === null
      ? []
      : [
          element("p", {}, [
            words.meant,
            link(`${root}?q=${encodeURIComponent(answer.query.suggestion)}`, answer.query.suggestion),
          ]),
        ]),
    ...row(
      words.suggestions,
      suggestions.map(({ text, href, kind }) =>
        link(kind === "term" ? `${root}?q=${encodeURIComponent(text)}` : siteLink(root, href), text),
      ),
    ),
    ...row(words.filters, filterLinks(root, words)),
    ...row(words.orgs, facets),
    ...answer.results.map((result) => card(result, root)),
    ...(moreHref === null ? [] : [element("p", { class: "nonmun-more" }, [link(moreHref, words.more)])]),
  );
}

/** How much was found, how good it is, and what kind of search this was. */
export function summaryOf({ total, match }: Pick<SearchResponse, "total" | "match">, words: Words): string {
  if (total === 0) return `${words.none} ${words.byWords}`;
  return `${words.found(total)} ${match === "weak" ? `${words.weak} ` : ""}${words.byWords}`;
}

export function drawStatus(place: HTMLElement, text: string): void {
  place.replaceChildren(element("p", { class: "nonmun-status", role: "status" }, [text]));
}

/** Links of the product begin at its root; pages of the site are folders. */
export function siteLink(root: string, href: string): string {
  const [, path = "", rest = ""] = /^\/([^?#]*)(.*)$/u.exec(href) ?? [];
  return path === "" ? root + rest : `${root}${path}/${rest}`;
}

/** The filters of a search page's address, each with the same search without it. */
export function activeFilters(
  query: string,
): readonly { readonly value: string; readonly without: string }[] {
  const parameters = new URLSearchParams(query);
  return [...parameters]
    .filter(([name, value]) => filterNames.has(name) && value !== "")
    .map(([name, value]) => {
      const rest = new URLSearchParams(parameters);
      rest.delete(name, value);
      rest.delete("shown");
      return { value, without: rest.size === 0 ? "" : `?${rest}` };
    });
}

const filterNames = new Set(["org", "tag", "post", "from", "to"]);

function filterLinks(root: string, words: Words): readonly Node[] {
  return activeFilters(location.search).map(({ value, without }) =>
    element("a", { href: root + without, "aria-label": words.remove(value) }, [`${value} ×`]),
  );
}

function withOrg(org: string): string {
  const parameters = new URLSearchParams(location.search);
  parameters.set("org", org);
  parameters.delete("shown");
  return parameters.toString();
}

function notes({ limitations = [] }: SearchResponse, words: Words): readonly Node[] {
  return limitations.flatMap((limitation) => {
    if (limitation.code === "phrase-not-found")
      return [element("p", {}, [words.noPhrase(limitation.phrases.join(", "))])];
    if (limitation.code === "not-a-date")
      return [element("p", {}, [words.noDate(limitation.words.join(", "))])];
    return [];
  });
}

function row(name: string, links: readonly Node[]): readonly Node[] {
  return links.length === 0 ? [] : [element("p", { class: "nonmun-facts small" }, [`${name}:`, ...links])];
}

function card({ paper, sections }: SearchResult, root: string): Node {
  const facts = [paper.date ?? "", paper.arxivId ?? "", paper.post.title].filter((fact) => fact !== "");
  return element("article", { class: "nonmun-result" }, [
    element("h3", {}, [link(siteLink(root, sections[0]?.href ?? paper.href), paper.title)]),
    ...(paper.subtitle === null ? [] : [element("p", {}, [paper.subtitle])]),
    element("p", { class: "nonmun-facts small" }, [
      ...paper.orgs.map((org) => link(`${root}?org=${encodeURIComponent(org)}`, org)),
      ...facts.map((fact) => element("span", {}, [fact])),
    ]),
    ...sections.filter(({ snippet }) => snippet.text !== "").map(passage),
  ]);
}

/** Ranges are in UTF-16 code units into the text, in order and apart. */
function passage({ snippet: { text, ranges } }: SectionHit): Node {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    parts.push(text.slice(at, start), element("mark", {}, [text.slice(start, end)]));
    at = end;
  }
  return element("p", { class: "small" }, [...parts, text.slice(at)]);
}

function link(href: string, text: string): Node {
  return element("a", { href }, [text]);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (Node | string)[],
): Node {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
