/** `POST /mcp`: the Model Context Protocol over streamable HTTP, without sessions. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { createMcpHandler } from "@modelcontextprotocol/server";
import type { MiddlewareHandler } from "hono";
import type { AppDeps } from "../deps.ts";
import { siteOrigin } from "../guard/client.ts";
import { limitRate } from "../guard/rate-limit.ts";
import { forbidden, tooMany } from "../problems/documented.ts";
import { Refusal } from "../problems/problem.ts";
import { createMcpServer } from "./server.ts";

/** Tool calls are short; a longer body is none of ours. */
const bodyMax = 256 * 1024;

const json = { "application/json": { schema: z.object({ jsonrpc: z.literal("2.0") }) } };

/** Errors of the protocol itself have its own form. */
const protocolErrors = {
  400: { description: "No JSON-RPC message.", content: json },
  406: { description: "The client takes neither JSON nor events.", content: json },
  413: { description: "A message of more than 256 kB.", content: json },
  415: { description: "The body is not JSON.", content: json },
} as const;

const route = createRoute({
  method: "post",
  path: "/mcp",
  summary: "The Model Context Protocol over streamable HTTP, for agents",
  description: "JSON-RPC 2.0. Tools: `search`, `get_paper`, `related`, `list_orgs`, `list_posts`.",
  tags: ["Agents"],
  request: { body: { content: json } },
  responses: {
    200: {
      description: "The answer, as JSON or as one event.",
      content: { ...json, "text/event-stream": { schema: z.string() } },
    },
    ...protocolErrors,
    ...forbidden,
    ...tooMany,
  },
});

export function addMcp(app: OpenAPIHono, deps: AppDeps): void {
  const handler = createMcpHandler(() => createMcpServer(deps), {
    maxRequestBodySize: bodyMax,
    onerror: (error) => deps.log.error("MCP", { error }),
  });
  app.openAPIRegistry.registerPath(route);
  app.on("POST", route.path, limitRate(deps, "mcp"), sameSite(deps));
  app.post(route.path, (c) => handler.fetch(c.req.raw));
}

/**
 * Refuses pages of other sites, as the protocol demands. A browser names the page's origin; agents send none. Being asked
 * under the page's own name proves nothing (DNS rebinding), so that is enough for the names of this machine alone.
 */
function sameSite(deps: AppDeps): MiddlewareHandler {
  const { trustProxy = false, allowedOrigins = [] } = deps.options ?? {};
  return async (c, next) => {
    const origin = c.req.header("origin");
    const isAllowed =
      origin === undefined ||
      allowedOrigins === "*" ||
      allowedOrigins.includes(origin) ||
      (origin === siteOrigin(c, trustProxy) && localOrigin.test(origin));
    if (!isAllowed) throw new Refusal("forbidden", `Pages of ${origin} may not use this server.`);
    await next();
  };
}

const localOrigin = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/u;
