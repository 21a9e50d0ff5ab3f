/** Names for the regions of the map: the terms of titles that are frequent in a region and rare elsewhere. */
import type { MapTopic } from "../contract.ts";
import type { PaperCard } from "../ports/index-store.ts";
import type { MapPlace } from "../ports/searcher.ts";
import { clusterSlices } from "./clusters.ts";
import type { Glossary } from "./glossary.ts";
import { endsSlice, type Slices } from "./slices.ts";
import { type TitleTerm, termsOfTitle, titleStem } from "./title-terms.ts";

/** A region with fewer papers has no name of its own; a term of fewer papers names nothing. */
const leastPapers = 3;
/** In regions' worth of papers: a term of the field as a whole (`language model`) tells regions apart no better than none. */
const mostSpread = 1.4;
/** A name must hold for this share of its region. */
const leastShare = 0.07;

/** Papers in a slice: about 3 ms. */
const sliceSize = 50;

/**
 * One topic a region at most, the fullest regions first, no name twice. A term weighs by c-TF-IDF (Grootendorst 2022,
 * arXiv 2203.05794): `tf(t, c) / |c| * log(1 + A / f(t))` with `A` the mean number of terms a region; times a weight for what
 * kind of term it is. 1,000 papers take some 60 ms in all.
 *
 * @param places of papers, coordinates from 0 to 1; those without a card are left out
 */
export function* topicSlices(
  places: readonly MapPlace[],
  cards: ReadonlyMap<string, PaperCard>,
  glossary: Glossary,
): Slices<readonly MapTopic[]> {
  const papers: (MapPlace & { readonly terms: ReadonlyMap<string, TitleTerm> })[] = [];
  for (const [position, place] of places.entries()) {
    const card = cards.get(place.id);
    if (card === undefined) continue;
    const texts = [card.title, card.subtitle ?? "", ...card.tags];
    papers.push({ ...place, terms: termsOfTitle(texts, glossary) });
    if (endsSlice(position, sliceSize)) yield;
  }
  const spread = new Map<string, number>();
  for (const { terms } of papers) for (const key of terms.keys()) spread.set(key, (spread.get(key) ?? 0) + 1);
  const regions = (yield* clusterSlices(papers)).filter(({ members }) => members.length >= leastPapers);
  const total = [...spread.values()].reduce((sum, count) => sum + count, 0);
  const mean = total / Math.max(regions.length, 1);
  const most = (papers.length * mostSpread) / regions.length;
  const used = new Set<string>();
  const topics: MapTopic[] = [];
  for (const { x, y, members } of regions.toSorted((a, b) => b.members.length - a.members.length)) {
    const least = Math.max(2, members.length * leastShare);
    const ranked = candidatesIn(members)
      .filter(({ term, papers }) => papers >= least && (spread.get(term.key) ?? 0) <= most)
      .map((found) => ({
        ...found,
        score: found.papers * Math.log(1 + mean / (spread.get(found.term.key) ?? 1)) * found.term.weight,
      }))
      .toSorted((a, b) => b.score - a.score || (a.term.key < b.term.key ? -1 : 1));
    const best = ranked.find(({ term }) => stems(term).every((stem) => !used.has(stem)));
    if (best === undefined) continue;
    for (const stem of stems(best.term)) used.add(stem);
    topics.push({ en: best.term.en, ko: best.term.ko, x, y, papers: members.length });
  }
  return topics;
}

function candidatesIn(
  members: readonly { readonly terms: ReadonlyMap<string, TitleTerm> }[],
): readonly { readonly term: TitleTerm; readonly papers: number }[] {
  const counts = new Map<string, { term: TitleTerm; papers: number }>();
  for (const { terms } of members) {
    for (const [key, term] of terms) {
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { term, papers: 1 });
      else known.papers += 1;
    }
  }
  return [...counts.values()];
}

/** Two names that share a word (`evaluation`, `evaluating LLMs`) would name one thing twice. */
function stems(term: TitleTerm): readonly string[] {
  return term.words.map(titleStem);
}
