/** Problem documents (RFC 9457): every error of the API, whatever threw it. */
import type { Problem } from "@nonmun/core/contract";
import { Failure } from "@nonmun/core/model/failure";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ApiLog } from "../deps.ts";
import { answers, type HttpCode, type ProblemCode } from "./answers.ts";

/** An expected failure that only HTTP knows. `extra` members join the document, `headers` the answer. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly parameter: string | null;

  constructor(code: ProblemCode, detail: string, options: RefusalOptions = {}) {
    super(detail);
    this.code = code;
    this.headers = options.headers ?? {};
    this.parameter = options.parameter ?? null;
  }
}

export interface RefusalOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly parameter?: string;
}

/** Answers with the problem that `error` is. What a client must not see goes to `log`. */
export function answerError(error: unknown, c: Context, log: ApiLog): Response {
  const refusal = refuse(error);
  const { status, instead } = answers[refusal.code];
  if (instead !== null) {
    log.error(`${c.req.method} ${c.req.path} failed`, { code: refusal.code, status, error });
  }
  const document = problemDocument(refusal.code, instead ?? refusal.message, refusal.parameter);
  return problemResponse(document, refusal.headers);
}

export function problemResponse(document: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      ...headers,
    },
  });
}

export function problemDocument(code: ProblemCode, detail: string, parameter: string | null = null): Problem {
  const { status, title } = answers[code];
  const document = { type: `/api/docs#${code}`, title, status, code, detail };
  return parameter === null ? document : { ...document, parameter };
}

function refuse(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof HTTPException) {
    return new Refusal(httpCodes.get(error.status) ?? "bad-request", error.message);
  }
  if (isAbort(error)) return new Refusal("cancelled", "The request was cancelled.");
  if (!(error instanceof Failure)) return new Refusal("internal", "");
  const detail = [error.message, error.advice].filter((part) => part !== "").join(" ");
  return new Refusal(error.code, detail, {
    // The subject of any other failure may be a path of this machine.
    ...(error.code === "bad-parameter" && error.subject !== null ? { parameter: error.subject } : {}),
    headers: failureHeaders[error.code] ?? {},
  });
}

/** Seconds after which asking again makes sense, for what repairs itself while a server starts or a run ends. */
const failureHeaders: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, string>>>>> = {
  "no-index": { "Retry-After": "5" },
  "index-busy": { "Retry-After": "5" },
  "index-mismatch": { "Retry-After": "30" },
  storage: { "Retry-After": "5" },
};

const httpCodes: ReadonlyMap<number, HttpCode> = new Map([
  [403, "forbidden"],
  [413, "payload-too-large"],
  [415, "unsupported-media-type"],
]);

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
