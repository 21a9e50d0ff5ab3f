/** What the server says of itself, as schemas: the OpenAPI side of `core/src/contract.ts`. */
import { z } from "@hono/zod-openapi";
import type { IndexJob, Problem, ReadyResponse, StatusResponse } from "@nonmun/core/contract";
import type { IndexProgress } from "@nonmun/core/model/progress";
import type { Described } from "./described.ts";

export const indexProgress = z
  .object({
    phase: z.enum(["idle", "reading", "embedding", "writing", "done", "failed"]),
    done: z.int(),
    total: z.int(),
    rate: z.number().nullable().openapi({ description: "Chunks a second." }),
    secondsLeft: z.number().nullable(),
    message: z.string().nullable(),
  })
  .openapi("IndexProgress");

const model = z
  .object({ id: z.string(), state: z.enum(["loading", "ready", "failed"]), dimensions: z.int().nullable() })
  .openapi("Model");

const runReport = z
  .object({
    added: z.int(),
    changed: z.int(),
    removed: z.int(),
    unchanged: z.int(),
    embedded: z.int(),
    reused: z.int(),
    diagnostics: z.object({ error: z.int(), warning: z.int(), info: z.int() }),
    tookMs: z.number(),
  })
  .openapi("RunReport");

export const statusResponse = z
  .object({
    counts: z.object({ posts: z.int(), papers: z.int(), notes: z.int(), chunks: z.int() }),
    model,
    index: z.object({ generation: z.int(), createdAt: z.string(), complete: z.boolean() }).nullable(),
    lastRun: runReport.nullable(),
    indexing: indexProgress,
  })
  .openapi("StatusResponse");

const readiness = { ready: z.boolean(), model, indexing: indexProgress };

export const readyResponse = z.object(readiness).openapi("ReadyResponse");

const problemFields = {
  type: z
    .string()
    .openapi({ description: "Where the code is explained.", example: "/api/docs#bad-parameter" }),
  title: z.string(),
  status: z.int(),
  code: z.string().openapi({ description: "Stable.", example: "bad-parameter" }),
  detail: z.string().openapi({ description: "What is wrong and what to do." }),
  parameter: z.string().optional().openapi({ description: "The parameter that is wrong." }),
};

export const problem = z.object(problemFields).openapi("Problem", { description: "RFC 9457." });

/** With 503: a problem that also tells how far the start has come. */
export const notReady = z.object({ ...problemFields, ...readiness }).openapi("NotReady");

export const indexJob = z.object({ job: z.string(), events: z.string() }).openapi("IndexJob");

export const hookAnswer = z
  .object({
    event: z.string(),
    outcome: z.enum(["pong", "ignored", "pulling", "indexing"]),
    job: z.string().nullable(),
  })
  .openapi("HookAnswer");

/** Fails to compile when the contract and these schemas part ways. */
export type StatusSchemas = [
  Described<StatusResponse, typeof statusResponse>,
  Described<ReadyResponse, typeof readyResponse>,
  Described<Problem & ReadyResponse, typeof notReady>,
  Described<Problem, typeof problem>,
  Described<IndexProgress, typeof indexProgress>,
  Described<IndexJob, typeof indexJob>,
];
