/** `GET /api/index/events`: the progress of indexing as server-sent events. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../deps.ts";
import { tooMany } from "../problems/documented.ts";
import { Refusal } from "../problems/problem.ts";
import { progressOf } from "../status/route.ts";
import { progressStream } from "./progress-stream.ts";

export const eventsPath = "/api/index/events";

/** Streams open at once, of all clients: each holds a connection. */
const streamsMax = 200;

const route = createRoute({
  method: "get",
  path: eventsPath,
  summary: "Progress of indexing as server-sent events",
  description:
    "An event `progress` at once and then with each change; its data is an `IndexProgress`. A client that reads slowly gets the latest state, not each one in between.",
  tags: ["Indexing"],
  responses: {
    200: {
      description: "Until the client leaves.",
      content: { "text/event-stream": { schema: z.string() } },
    },
    ...tooMany,
  },
});

export function addIndexEvents(app: OpenAPIHono, deps: AppDeps): void {
  let open = 0;
  app.openapi(route, (c) => {
    const headers = {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      // nginx would hold events back until its buffer is full.
      "X-Accel-Buffering": "no",
    };
    if (c.req.raw.method === "HEAD") return new Response(null, { headers });
    if (open >= streamsMax) {
      throw new Refusal(
        "too-many-requests",
        "Too many event streams are open. Ask /api/status now and then instead.",
        {
          headers: { "Retry-After": "30" },
        },
      );
    }
    open++;
    const stream = progressStream(deps.indexing, progressOf(deps), {
      heartbeatMs: deps.options?.heartbeatMs ?? 15_000,
      until: [c.req.raw.signal, ...(deps.options?.shutdown === undefined ? [] : [deps.options.shutdown])],
      onEnd: () => open--,
    });
    return new Response(stream, { headers });
  });
}
