/** `POST /api/index`: asks for a run of the indexer. */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { IndexJob } from "@nonmun/core/contract";
import type { AppDeps } from "../deps.ts";
import { limitRate } from "../guard/rate-limit.ts";
import { parameters } from "../parameters.ts";
import { badParameter, readOnly, tooMany, unauthorized } from "../problems/documented.ts";
import { Refusal } from "../problems/problem.ts";
import { indexJob } from "../schemas/status.ts";
import { eventsPath } from "./events.ts";
import { requireToken } from "./token.ts";

const route = createRoute({
  method: "post",
  path: "/api/index",
  summary: "Index what is new, changed or gone",
  description: "A request during a run is merged with others into one run after it.",
  tags: ["Indexing"],
  security: [{ token: [] }],
  request: { query: parameters({}) },
  responses: {
    202: { description: "Accepted.", content: { "application/json": { schema: indexJob } } },
    ...badParameter,
    ...unauthorized,
    ...readOnly,
    ...tooMany,
  },
});

export function addIndexing(app: OpenAPIHono, deps: AppDeps): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "token", {
    type: "http",
    scheme: "bearer",
    description: "The server's `NONMUN_TOKEN`.",
  });
  app.on("POST", route.path, limitRate(deps, "index"));
  app.openapi(route, (c) => {
    requireToken(c.req.header("authorization"), deps.token);
    if (deps.indexing === null) throw readOnlyServer();
    const job: IndexJob = { ...deps.indexing.request(), events: eventsPath };
    return c.json(job, 202, { Location: eventsPath, "Cache-Control": "no-store" });
  });
}

export function readOnlyServer(): Refusal {
  return new Refusal(
    "read-only",
    "This server only reads the index. Run `npx nonmun index` where it is written; new posts show here by themselves.",
  );
}
