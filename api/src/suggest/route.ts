/** `GET /api/suggest`: titles, orgs and terms while a query is being typed. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { limits, type SuggestResponse } from "@nonmun/core/contract";
import type { AppDeps } from "../deps.ts";
import { limitRate } from "../guard/rate-limit.ts";
import { once, parameters, wholeNumber } from "../parameters.ts";
import { badParameter, noIndex, notModified, tooMany } from "../problems/documented.ts";
import { suggestResponse } from "../schemas/paper.ts";
import { perGeneration } from "../view.ts";

const query = parameters({
  q: once(
    z
      .string()
      .max(limits.queryMax, { error: `must not be longer than ${limits.queryMax} characters` })
      .default("")
      .openapi({
        description: "What has been typed so far; initial consonants (`ㄹㅇㅌ`) too.",
        example: "late",
      }),
  ),
  limit: wholeNumber(1, limits.suggestionsMax, limits.suggestionsMax),
});

const route = createRoute({
  method: "get",
  path: "/api/suggest",
  summary: "Suggestions while typing",
  tags: ["Search"],
  request: { query },
  responses: {
    200: { description: "Best first.", content: { "application/json": { schema: suggestResponse } } },
    ...notModified,
    ...badParameter,
    ...tooMany,
    ...noIndex,
  },
});

export function addSuggest(app: OpenAPIHono, deps: AppDeps): void {
  app.use(route.path, limitRate(deps, "suggest"));
  app.openapi(route, (c) => {
    const { q, limit } = c.req.valid("query");
    return perGeneration(deps, c, async ({ searcher }) => {
      const answer: SuggestResponse = { suggestions: await searcher.suggest(q, limit) };
      return c.json(answer);
    });
  });
}
