/** `GET /healthz` and `GET /readyz`: what supervisors and load balancers ask. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Problem, ReadyResponse } from "@nonmun/core/contract";
import type { AppDeps } from "../deps.ts";
import { problemDocument, problemResponse } from "../problems/problem.ts";
import { notReady, readyResponse } from "../schemas/status.ts";
import { progressOf } from "./route.ts";

const alive = createRoute({
  method: "get",
  path: "/healthz",
  summary: "Whether the process is alive",
  tags: ["Server"],
  responses: {
    200: {
      description: "Alive.",
      content: { "application/json": { schema: z.object({ status: z.literal("ok") }) } },
    },
  },
});

const ready = createRoute({
  method: "get",
  path: "/readyz",
  summary: "Whether the model is warm and everything found at the start is indexed",
  tags: ["Server"],
  responses: {
    200: { description: "Ready.", content: { "application/json": { schema: readyResponse } } },
    503: {
      description: "Not yet; how far it is. Pages and search already serve what there is.",
      content: { "application/problem+json": { schema: notReady } },
    },
  },
});

export function addHealth(app: OpenAPIHono, deps: AppDeps): void {
  app.openapi(alive, (c) => c.json({ status: "ok" } as const, 200, { "Cache-Control": "no-store" }));
  // The schema of 503 is a problem, which `problemResponse` writes: the route's own typing knows JSON answers alone.
  app.openAPIRegistry.registerPath(ready);
  app.get(ready.path, (c) => {
    const state: ReadyResponse = { ready: deps.ready(), model: deps.model(), indexing: progressOf(deps) };
    if (state.ready) return c.json(state, 200, { "Cache-Control": "no-store" });
    const answer: Problem & ReadyResponse = { ...problemDocument("not-ready", notReadyYet(state)), ...state };
    return problemResponse(answer, { "Retry-After": "1" });
  });
}

function notReadyYet({ model, indexing }: ReadyResponse): string {
  if (model.state === "failed")
    return "The embedding model could not be loaded. `npx nonmun doctor` says why.";
  if (indexing.phase === "failed")
    return `Indexing failed: ${indexing.message ?? "the server's log says why"}`;
  if (model.state === "loading") return "The embedding model is being loaded.";
  return `Indexing: ${indexing.phase}, ${indexing.done} of ${indexing.total}.`;
}
