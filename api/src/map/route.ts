/** `GET /api/map`: where each paper lies in the picture of the corpus. */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { limits, type MapResponse, type MapTopic } from "@nonmun/core/contract";
import type { PaperCard } from "@nonmun/core/ports/index-store";
import type { MapPlace, Searcher } from "@nonmun/core/ports/searcher";
import { summarize } from "@nonmun/core/search/links";
import type { AppDeps, View } from "../deps.ts";
import { listParameters, pageOf } from "../listing.ts";
import { badParameter, noIndex, notModified } from "../problems/documented.ts";
import { mapResponse } from "../schemas/paper.ts";
import { perGeneration } from "../view.ts";
import { readLayout } from "./layout.ts";

const route = createRoute({
  method: "get",
  path: "/api/map",
  summary: "The corpus as points laid out by meaning",
  description: "Empty while no layout has been computed.",
  tags: ["Papers"],
  request: { query: listParameters(limits.pointsMax) },
  responses: {
    200: {
      description: "Points with coordinates from 0 to 1.",
      content: { "application/json": { schema: mapResponse } },
    },
    ...notModified,
    ...badParameter,
    ...noIndex,
  },
});

export function addMap(app: OpenAPIHono, deps: AppDeps): void {
  app.openapi(route, (c) =>
    perGeneration(deps, c, async (view) => {
      const places = await placesOf(view);
      const answer: MapResponse = {
        points: pageOf(places, c.req.valid("query")).map(({ card, x, y }) => ({
          paper: summarize(card, deps.siteUrl),
          x,
          y,
        })),
        total: places.length,
        topics: await topicsOf(view, places),
      };
      return c.json(answer);
    }),
  );
}

interface CardPlace extends MapPlace {
  readonly card: PaperCard;
}

async function placesOf({ snapshot }: View): Promise<readonly CardPlace[]> {
  const bytes = await snapshot.artifact("map-layout");
  if (bytes === null) return [];
  const cards = new Map<string, PaperCard>((await snapshot.catalogue()).map((card) => [card.id, card]));
  return readLayout(bytes).flatMap(({ id, x, y }) => {
    const card = cards.get(id);
    return card === undefined ? [] : [{ id, card, x, y }];
  });
}

/** Naming regions takes a tenth of a second for a thousand papers: once for each searcher, which is one generation's. */
const named = new WeakMap<Searcher, Promise<readonly MapTopic[]>>();

function topicsOf({ searcher }: View, places: readonly MapPlace[]): Promise<readonly MapTopic[]> {
  const known = named.get(searcher) ?? searcher.topics(places);
  named.set(searcher, known);
  return known;
}
