/** `GET /api/status`: what the index holds, which model reads it, what the last run did. */
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { StatusResponse } from "@nonmun/core/contract";
import type { Manifest } from "@nonmun/core/model/manifest";
import { type IndexProgress, idleProgress } from "@nonmun/core/model/progress";
import type { AppDeps } from "../deps.ts";
import { parameters } from "../parameters.ts";
import { badParameter } from "../problems/documented.ts";
import { statusResponse } from "../schemas/status.ts";

const route = createRoute({
  method: "get",
  path: "/api/status",
  summary: "Counts, model, index version and last run",
  tags: ["Server"],
  request: { query: parameters({}) },
  responses: {
    200: {
      description: "`index` is null while there is none.",
      content: { "application/json": { schema: statusResponse } },
    },
    ...badParameter,
  },
});

export function addStatus(app: OpenAPIHono, deps: AppDeps): void {
  app.openapi(route, async (c) => {
    const manifest = await deps.library.use(async (view) => view?.snapshot.manifest ?? null);
    c.header("Cache-Control", "no-store");
    return c.json(statusOf(manifest, deps), 200);
  });
}

function statusOf(manifest: Manifest | null, deps: AppDeps): StatusResponse {
  return {
    counts: manifest?.counts ?? { posts: 0, papers: 0, notes: 0, chunks: 0 },
    model: deps.model(),
    index:
      manifest === null
        ? null
        : { generation: manifest.generation, createdAt: manifest.createdAt, complete: manifest.complete },
    lastRun: manifest?.lastRun ?? null,
    indexing: progressOf(deps),
  };
}

/** What a server that does not index itself has to say of indexing: nothing. */
export function progressOf({ indexing }: AppDeps): IndexProgress {
  return indexing?.progress() ?? idleProgress;
}
