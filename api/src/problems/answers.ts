/** Which HTTP answer each failure gets: the one place where failure codes meet statuses. */
import type { FailureCode } from "@nonmun/core/model/failure";
import type { ContentfulStatusCode } from "hono/utils/http-status";

export interface Answer {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  /**
   * What a client is told in place of the failure's own words, which may name files, addresses or settings of this
   * machine; null where the failure was worded for the client.
   */
  readonly instead: string | null;
}

/** Codes that only HTTP knows, beside those of `Failure`. */
export type HttpCode =
  | "bad-request"
  | "forbidden"
  | "headers-too-large"
  | "internal"
  | "method-not-allowed"
  | "not-ready"
  | "payload-too-large"
  | "read-only"
  | "request-timeout"
  | "unsupported-media-type";

export type ProblemCode = FailureCode | HttpCode;

const engine =
  "The embedding model could not do its work. The server's log says why; `npx nonmun doctor` checks it.";
const content =
  "The folder of posts could not be read. The server's log says why; `npx nonmun doctor` checks it.";

export const answers: Readonly<Record<ProblemCode, Answer>> = {
  "bad-parameter": own(400, "Bad parameter"),
  "bad-request": own(400, "Bad request"),
  usage: own(400, "Wrong use"),
  unauthorized: own(401, "Not authorized"),
  forbidden: own(403, "Forbidden"),
  "not-found": own(404, "Not found"),
  "method-not-allowed": own(405, "Method not allowed"),
  "request-timeout": own(408, "Too slow"),
  "index-busy": own(409, "The index is being written"),
  "read-only": own(409, "This server only reads the index"),
  "payload-too-large": own(413, "Too large"),
  "unsupported-media-type": own(415, "Unsupported media type"),
  "too-many-requests": own(429, "Too many requests"),
  "headers-too-large": own(431, "Address or headers too long"),
  // 499 is nginx's code for a client that went away: nobody reads this answer, logs do.
  cancelled: own(499 as ContentfulStatusCode, "Cancelled"),
  "no-index": own(503, "No index yet"),
  "not-ready": own(503, "Not ready yet"),
  "index-mismatch": own(503, "The index was made with another model or chunker"),
  "index-damaged": hidden(503, "The index is damaged", "Run `npx nonmun index` to repair it."),
  "content-missing": hidden(503, "No content", content),
  "content-empty": hidden(503, "No content", content),
  "model-missing": hidden(503, "No model", engine),
  "model-unreachable": hidden(503, "No model", engine),
  "model-broken": hidden(503, "The model failed", engine),
  storage: hidden(503, "The index can't be reached", "Try again; the server's log says what is wrong."),
  "bad-config": hidden(500, "Wrong configuration", "Run `npx nonmun doctor` where the server runs."),
  "port-in-use": hidden(500, "Wrong configuration", "Run `npx nonmun doctor` where the server runs."),
  internal: hidden(500, "Unexpected error", "This is a bug of Nonmun. The server's log has the details."),
};

function own(status: ContentfulStatusCode, title: string): Answer {
  return { status, title, instead: null };
}

function hidden(status: ContentfulStatusCode, title: string, instead: string): Answer {
  return { status, title, instead };
}
