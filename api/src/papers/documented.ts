/** The OpenAPI description of the paper routes. They are registered by hand, since an id may hold plain slashes. */
import { createRoute, z } from "@hono/zod-openapi";
import { limits } from "@nonmun/core/contract";
import { parameters, wholeNumber } from "../parameters.ts";
import { badParameter, noIndex, notFound, notModified } from "../problems/documented.ts";
import { paperDetail, relatedResponse } from "../schemas/paper.ts";

const params = z.object({
  id: z.string().openapi({
    param: { name: "id", in: "path" },
    description: "The paper's id. Its slashes may stand plain or as `%2F`.",
    example: "2025-10-29-papers-review/latent-sketchpad",
  }),
});

const problems = { ...notModified, ...badParameter, ...notFound, ...noIndex } as const;

export const relatedQuery = parameters({ limit: wholeNumber(1, limits.pageMax, limits.pageDefault) });
export const noQuery = parameters({});

export const paperRoutes = [
  createRoute({
    method: "get",
    path: "/api/papers/{id}",
    summary: "The whole review of one paper",
    tags: ["Papers"],
    request: { params, query: noQuery },
    responses: {
      200: { description: "The review.", content: { "application/json": { schema: paperDetail } } },
      ...problems,
    },
  }),
  createRoute({
    method: "get",
    path: "/api/papers/{id}/related",
    summary: "Papers of near meaning",
    tags: ["Papers"],
    request: { params, query: relatedQuery },
    responses: {
      200: { description: "Best first.", content: { "application/json": { schema: relatedResponse } } },
      ...problems,
    },
  }),
  createRoute({
    method: "get",
    path: "/api/papers/{id}/bibtex",
    summary: "The paper as a BibTeX entry",
    tags: ["Papers"],
    request: { params, query: noQuery },
    responses: {
      200: {
        description: "One `@misc` entry in UTF-8.",
        content: { "application/x-bibtex": { schema: z.string() } },
      },
      ...problems,
    },
  }),
];
