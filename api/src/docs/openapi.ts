/** The OpenAPI 3.1 document of everything that is registered on the app. */
import type { OpenAPIHono } from "@hono/zod-openapi";

export type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

export function openApiDocument(app: OpenAPIHono): OpenApiDocument {
  return withOtherErrors(
    app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: {
        title: "Nonmun",
        version: "0.1.0",
        description:
          "Finds paper reviews by meaning. Errors are problem documents (RFC 9457) with a stable `code`. An empty parameter counts as not given; an unknown one is refused.",
        license: { name: "MIT" },
      },
      tags: ["Search", "Papers", "Server", "Indexing", "Agents", "Site"].map((name) => ({ name })),
    }),
  );
}

/** Every operation with the errors that no route can rule out. */
function withOtherErrors(document: OpenApiDocument): OpenApiDocument {
  const other = {
    description:
      "Any other error: 403 for a name that is not this server's, 431 for an address too long, 500.",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of [path.get, path.post]) {
      if (operation?.responses !== undefined) operation.responses.default = other;
    }
  }
  return document;
}
