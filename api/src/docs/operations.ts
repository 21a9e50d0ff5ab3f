/** Reads an OpenAPI document into what the page shows: one flat list of operations. */
import { z } from "@hono/zod-openapi";
import type { OpenApiDocument } from "./openapi.ts";

export interface Parameter {
  readonly name: string;
  readonly place: string;
  readonly description: string;
  readonly example: string;
  readonly choices: readonly string[];
  readonly isRequired: boolean;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly answers: readonly { readonly status: string; readonly description: string }[];
  /** Whether it wants the bearer token. */
  readonly isProtected: boolean;
}

/** The part of OpenAPI that this project's own document uses. */
const operation = z.object({
  summary: z.string().default(""),
  description: z.string().default(""),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().default(false),
        description: z.string().default(""),
        schema: z.object({
          type: z.string().optional(),
          enum: z.array(z.string()).default([]),
          example: z.union([z.string(), z.number()]).optional(),
          default: z.unknown().optional(),
        }),
      }),
    )
    .default([]),
  responses: z.record(z.string(), z.object({ description: z.string() })),
  security: z.array(z.unknown()).default([]),
});

const paths = z.record(z.string(), z.record(z.string(), operation));

export function listOperations(document: OpenApiDocument): readonly Operation[] {
  return Object.entries(paths.parse(document.paths)).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, found]) => ({
      method: method.toUpperCase(),
      path,
      summary: found.summary,
      description: found.description,
      parameters: found.parameters.map(readParameter),
      answers: Object.entries(found.responses).map(([status, answer]) => ({ status, ...answer })),
      isProtected: found.security.length > 0,
    })),
  );
}

function readParameter(found: z.output<typeof operation>["parameters"][number]): Parameter {
  const { schema } = found;
  return {
    name: found.name,
    place: found.in,
    description: found.description,
    example: String(schema.example ?? schema.default ?? ""),
    choices: schema.type === "boolean" ? ["true", "false"] : schema.enum,
    isRequired: found.required,
  };
}
