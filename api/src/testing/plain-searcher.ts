/** A searcher that reads the catalogue and matches by n-grams alone: enough to test routes until the real one is there. */
import type { SearchResponse } from "@nonmun/core/contract";
import type { Searcher, SearcherDeps } from "@nonmun/core/ports/searcher";
import { summarize } from "@nonmun/core/search/links";

export function createPlainSearcher({ snapshot, siteUrl, clock }: SearcherDeps): Searcher {
  return {
    async search({ text, mode, filters, limit, offset, explain }, options = {}): Promise<SearchResponse> {
      options.signal?.throwIfAborted();
      const started = clock();
      const cards = await snapshot.catalogue();
      const hits = await snapshot.match(text, {
        limit: 100,
        filter: { ...(filters.org ? { orgs: filters.org } : {}) },
      });
      const found =
        text === ""
          ? cards.filter((card) => filters.org?.every((org) => card.orgs.includes(org)) ?? true)
          : cards.filter((card) => hits.some((hit) => hit.paperId === card.id));
      return {
        query: { text, mode, filters, suggestion: null },
        total: found.length,
        match: found.length > 0 ? "good" : "weak",
        tookMs: clock() - started,
        degraded: [],
        results: found.slice(offset, offset + limit).map((card) => ({
          paper: summarize(card, siteUrl),
          score: 1,
          sections: [
            {
              heading: [card.title],
              anchor: card.anchor,
              href: `#${card.anchor}`,
              snippet: {
                text: card.title,
                ranges: [[0, 1]],
                marks: [{ range: [0, 1], kind: "literal", strength: 1 }],
              },
              score: 1,
            },
          ],
          ...(explain ? { explain: { lexical: { rank: 1, score: 1 } } } : {}),
        })),
        facets: { org: [], tag: [], year: [], post: [] },
      };
    },
    async related(ids, limit) {
      const cards = await snapshot.catalogue();
      return cards
        .filter((card) => !ids.includes(card.id))
        .slice(0, limit)
        .map((card) => ({ paper: summarize(card, siteUrl), score: 0.5 }));
    },
    async suggest(text, limit) {
      const cards = await snapshot.catalogue();
      return cards
        .filter((card) => card.title.toLowerCase().startsWith(text.toLowerCase()))
        .slice(0, limit)
        .map((card) => ({ kind: "title", text: card.title, href: `/papers/${card.id}` }));
    },
  };
}
