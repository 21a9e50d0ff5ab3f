/** `GET /api/map`: where each paper lies in the picture of the corpus. */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { MapPoint, MapResponse } from "@nonmun/core/contract";
import type { PaperCard, Snapshot } from "@nonmun/core/ports/index-store";
import { summarize } from "@nonmun/core/search/links";
import type { AppDeps } from "../deps.ts";
import { noIndex, notModified } from "../problems/documented.ts";
import { mapResponse } from "../schemas/paper.ts";
import { perGeneration } from "../view.ts";
import { readLayout } from "./layout.ts";

const route = createRoute({
  method: "get",
  path: "/api/map",
  summary: "The corpus as points laid out by meaning",
  description: "Empty while no layout has been computed.",
  tags: ["Papers"],
  responses: {
    200: {
      description: "Points with coordinates from 0 to 1.",
      content: { "application/json": { schema: mapResponse } },
    },
    ...notModified,
    ...noIndex,
  },
});

export function addMap(app: OpenAPIHono, deps: AppDeps): void {
  app.openapi(route, (c) =>
    perGeneration(deps, c, async ({ snapshot }) => {
      const answer: MapResponse = { points: await mapPoints(snapshot, deps.siteUrl) };
      return c.json(answer);
    }),
  );
}

async function mapPoints(snapshot: Snapshot, siteUrl: string | null): Promise<readonly MapPoint[]> {
  const bytes = await snapshot.artifact("map-layout");
  if (bytes === null) return [];
  const cards = new Map<string, PaperCard>((await snapshot.catalogue()).map((card) => [card.id, card]));
  return readLayout(bytes).flatMap(({ id, x, y }) => {
    const card = cards.get(id);
    return card === undefined ? [] : [{ paper: summarize(card, siteUrl), x, y }];
  });
}
