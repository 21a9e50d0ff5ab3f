/** Failures that are expected and named: a closed list, mapped once to HTTP statuses and once to exit codes. */

export type FailureCode =
  | "bad-parameter"
  | "bad-config"
  | "usage"
  | "not-found"
  | "unauthorized"
  | "too-many-requests"
  | "no-index"
  | "index-mismatch"
  | "index-busy"
  | "index-damaged"
  | "content-missing"
  | "content-empty"
  | "model-missing"
  | "model-unreachable"
  | "model-broken"
  | "port-in-use"
  | "storage"
  | "cancelled";

/** A failure with a sentence that says what happened and one that says what to do. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;
  /** What to do next, as a sentence; often a command. */
  readonly advice: string;
  /** The parameter, setting or file that it is about. */
  readonly subject: string | null;

  constructor(code: FailureCode, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.advice = options.advice ?? "";
    this.subject = options.subject ?? null;
  }
}

export interface FailureOptions {
  readonly advice?: string;
  readonly subject?: string;
  readonly cause?: unknown;
}
