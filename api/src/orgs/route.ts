/** `GET /api/orgs`: who the papers are from, the most frequent first. */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { limits, type OrgSummary, type OrgsResponse } from "@nonmun/core/contract";
import type { PaperCard } from "@nonmun/core/ports/index-store";
import type { AppDeps } from "../deps.ts";
import { listParameters, pageOf } from "../listing.ts";
import { badParameter, noIndex, notModified } from "../problems/documented.ts";
import { orgsResponse } from "../schemas/paper.ts";
import { perGeneration } from "../view.ts";

const route = createRoute({
  method: "get",
  path: "/api/orgs",
  summary: "All orgs with the number of their papers",
  tags: ["Papers"],
  request: { query: listParameters(limits.orgsMax) },
  responses: {
    200: {
      description: "The most frequent first.",
      content: { "application/json": { schema: orgsResponse } },
    },
    ...notModified,
    ...badParameter,
    ...noIndex,
  },
});

export function addOrgs(app: OpenAPIHono, deps: AppDeps): void {
  app.openapi(route, (c) =>
    perGeneration(deps, c, async ({ snapshot }) => {
      const all = countOrgs(await snapshot.catalogue());
      const answer: OrgsResponse = { orgs: pageOf(all, c.req.valid("query")), total: all.length };
      return c.json(answer);
    }),
  );
}

/** By number of papers, then by name. */
export function countOrgs(catalogue: readonly PaperCard[]): readonly OrgSummary[] {
  const orgs = new Map<string, OrgSummary>();
  for (const { orgs: names, date } of catalogue) {
    for (const name of new Set(names)) {
      const seen = orgs.get(name);
      orgs.set(name, {
        name,
        papers: (seen?.papers ?? 0) + 1,
        latest: later(seen?.latest ?? null, date),
      });
    }
  }
  return [...orgs.values()].sort((a, b) => b.papers - a.papers || (a.name < b.name ? -1 : 1));
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? b : a;
}
