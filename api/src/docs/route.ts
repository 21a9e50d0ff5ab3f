/** `GET /api/openapi.json` and the page to try the API at `/api/docs`. Nothing of it comes from another host. */
import { readFileSync } from "node:fs";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { openApiDocument } from "./openapi.ts";
import { docsPage } from "./page.ts";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function addDocs(app: OpenAPIHono): void {
  // Both are made once, when first asked for: by then every route is registered.
  const document = lazy(() => openApiDocument(app));
  const page = lazy(() => docsPage(document()));
  app.get("/api/openapi.json", (c) => c.json(document(), 200, { "Cache-Control": "no-cache" }));
  app.get("/api/docs", (c) =>
    c.html(page(), 200, { "Content-Security-Policy": policy, "Cache-Control": "no-cache" }),
  );
  addFile(app, "docs.js", "text/javascript; charset=utf-8");
  addFile(app, "docs.css", "text/css; charset=utf-8");
}

function addFile(app: OpenAPIHono, name: string, type: string): void {
  const text = lazy(() => readFileSync(new URL(name, import.meta.url), "utf8"));
  app.get(`/api/docs/${name}`, (c) =>
    c.body(text(), 200, { "Content-Type": type, "Cache-Control": "no-cache" }),
  );
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
