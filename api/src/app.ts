/** The HTTP API: every route on one Hono app. Pages are mounted beside it by whoever serves both. */
import { OpenAPIHono } from "@hono/zod-openapi";
import { Failure } from "@nonmun/core/model/failure";
import { methodNotAllowed } from "hono/method-not-allowed";
import { addAssets } from "./assets/route.ts";
import type { AppDeps } from "./deps.ts";
import { addDocs } from "./docs/route.ts";
import { addFeed } from "./feed/route.ts";
import { compressAnswers } from "./guard/compress.ts";
import { answerMethods } from "./guard/methods.ts";
import { secureAnswers, shareAcrossOrigins } from "./guard/security.ts";
import { addGithubHook } from "./hooks/github.ts";
import { addIndexEvents } from "./indexing/events.ts";
import { addIndexing } from "./indexing/route.ts";
import { addMap } from "./map/route.ts";
import { addMcp } from "./mcp/route.ts";
import { addOrgs } from "./orgs/route.ts";
import { addPapers } from "./papers/route.ts";
import { parameterFailure } from "./parameters.ts";
import { addPosts } from "./posts/route.ts";
import { answerError } from "./problems/problem.ts";
import { addSearch } from "./search/route.ts";
import { addHealth } from "./status/health.ts";
import { addStatus } from "./status/route.ts";
import { addSuggest } from "./suggest/route.ts";

/** What belongs to the API. Every other path is left alone, for pages to be mounted on. */
const ownPaths = [
  "/api/*",
  "/assets/*",
  "/mcp",
  "/healthz",
  "/readyz",
  "/feed.xml",
  "/sitemap.xml",
  "/opensearch.xml",
  "/robots.txt",
];

export function createApp(deps: AppDeps): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw parameterFailure(result.error);
    },
  });
  app.onError((error, c) => answerError(error, c, deps.log));
  for (const path of ownPaths) {
    app.use(path, compressAnswers());
    app.use(path, secureAnswers());
    app.use(path, shareAcrossOrigins(deps));
    app.use(
      path,
      methodNotAllowed({
        app,
        onMethodNotAllowed: (c, methods) => answerMethods(c.req.method, c.req.path, methods),
      }),
    );
  }
  addSearch(app, deps);
  addSuggest(app, deps);
  addPapers(app, deps);
  addPosts(app, deps);
  addOrgs(app, deps);
  addMap(app, deps);
  addStatus(app, deps);
  addHealth(app, deps);
  addIndexing(app, deps);
  addIndexEvents(app, deps);
  addGithubHook(app, deps);
  addAssets(app, deps);
  addFeed(app, deps);
  addMcp(app, deps);
  addDocs(app);
  app.notFound((c) =>
    answerError(
      new Failure("not-found", `There is nothing at ${c.req.path}.`, {
        advice: "The routes are listed at /api/docs.",
      }),
      c,
      deps.log,
    ),
  );
  return app;
}
