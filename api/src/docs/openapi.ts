/** The OpenAPI 3.1 document of everything that is registered on the app. */
import type { OpenAPIHono } from "@hono/zod-openapi";

export type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

export function openApiDocument(app: OpenAPIHono): OpenApiDocument {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Nonmun",
      version: "0.1.0",
      description:
        "Finds paper reviews by meaning. Errors are problem documents (RFC 9457) with a stable `code`. An empty parameter counts as not given; an unknown one is refused.",
      license: { name: "MIT" },
    },
    tags: ["Search", "Papers", "Server", "Indexing", "Agents", "Site"].map((name) => ({ name })),
  });
}
