/** `GET /api/search`. */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { AppDeps } from "../deps.ts";
import { limitRate } from "../guard/rate-limit.ts";
import { badParameter, noIndex, tooMany } from "../problems/documented.ts";
import { searchResponse } from "../schemas/search.ts";
import { withView } from "../view.ts";
import { searchParameters, toSearchRequest } from "./parameters.ts";

const route = createRoute({
  method: "get",
  path: "/api/search",
  summary: "Search papers by meaning and by words",
  description:
    'Inside `q`: `org:google`, `tag:x`, `after:2025-10-01`, `before:2025-12-31`, `"exact phrase"`, `-without`, an arXiv id or a paper\'s URL.',
  tags: ["Search"],
  request: { query: searchParameters },
  responses: {
    200: {
      description: "Papers, best first, each with the sections that matched.",
      content: { "application/json": { schema: searchResponse } },
    },
    ...badParameter,
    ...tooMany,
    ...noIndex,
  },
});

export function addSearch(app: OpenAPIHono, deps: AppDeps): void {
  app.use(route.path, limitRate(deps, "search"));
  app.openapi(route, async (c) => {
    const request = toSearchRequest(c.req.valid("query"));
    const answer = await withView(deps.library, ({ searcher }) =>
      searcher.search(request, { signal: c.req.raw.signal }),
    );
    c.header("Cache-Control", "no-store");
    return c.json(answer, 200);
  });
}
