/** What the address narrows the map to: a search, a piece of it that was drawn, and one page of the papers that remain. */
import type { MapPoint, Problem, SearchResult } from "@nonmun/core/contract";
import { askMap, type Fetch } from "#lib/api/client.ts";
import { expectValue } from "#lib/api/expect.ts";
import { isInside, parseArea } from "#lib/map/area.ts";
import { placesOf } from "#lib/map/places.ts";
import { tablePage } from "#lib/map/table.ts";
import { loadSearch } from "#lib/search/load.ts";
import { isFiltered, parseSearch, type SearchState, shownMax } from "#lib/search/url.ts";
import type { PageServerLoad } from "./$types.js";

/** Below this probability of relevance a paper is near the query, but no match of it, unless it says the very words. */
const leastScore = 0.3;

export const load: PageServerLoad = async ({ url, fetch }) => {
  const search = parseSearch(url.searchParams);
  const area = parseArea(url.searchParams.get("area"));
  const [map, found] = await Promise.all([askMap(fetch), matchesOf(fetch, search)]);
  const { points } = expectValue(map);
  const places = placesOf(points);
  const isBright = ({ paper }: MapPoint, at: number): boolean =>
    (found.ids === null || found.ids.has(paper.id)) &&
    (area === null || isInside(area, { x: places.x[at] ?? 0, y: places.y[at] ?? 0 }));
  const bright = points.flatMap((point, at) => (isBright(point, at) ? [at] : []));
  return {
    search,
    colour: url.searchParams.get("colour") === "year" ? ("year" as const) : ("org" as const),
    area,
    problem: found.problem,
    stamp: places.stamp,
    total: points.length,
    bright: found.ids === null && area === null ? null : bright,
    table: tablePage(points, bright, Number(url.searchParams.get("page") ?? 1)),
    isPaged: url.searchParams.has("page"),
  };
};

interface Matches {
  /** Null when nothing is searched for. */
  readonly ids: ReadonlySet<string> | null;
  readonly problem: Problem | null;
}

async function matchesOf(fetch: Fetch, search: SearchState): Promise<Matches> {
  const isQuery = search.q.trim() !== "";
  if (!isQuery && !isFiltered(search)) return { ids: null, problem: null };
  const answer = await loadSearch(fetch, { ...search, shown: shownMax });
  if (!answer.ok) return { ids: null, problem: answer.problem };
  const matches = answer.value.results.filter((result) => {
    return !isQuery || result.score >= leastScore || saysTheWords(result);
  });
  return { ids: new Set(matches.map(({ paper }) => paper.id)), problem: null };
}

function saysTheWords({ sections }: SearchResult): boolean {
  return sections.some(({ snippet }) => snippet.marks.some(({ kind }) => kind === "literal"));
}
