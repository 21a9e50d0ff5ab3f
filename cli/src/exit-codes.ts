/** How a command that failed leaves: one exit code for each kind of failure, and words that say what to do. */
import type { FailureCode } from "@nonmun/core/model/failure";
import { Failure } from "@nonmun/core/model/failure";

/** 2 is wrong usage, as with most programs; 130 an interruption, as shells have it; everything else is 1. */
export function exitCodeOf(code: FailureCode): number {
  switch (code) {
    case "usage":
    case "bad-parameter":
    case "bad-config":
      return 2;
    case "cancelled":
      return 130;
    case "not-found":
    case "unauthorized":
    case "too-many-requests":
    case "no-index":
    case "index-mismatch":
    case "index-busy":
    case "index-damaged":
    case "content-missing":
    case "content-empty":
    case "model-missing":
    case "model-unreachable":
    case "model-broken":
    case "port-in-use":
    case "storage":
      return 1;
  }
}

/** What a person reads of an error: the sentence and what to do; for a bug, where it happened. */
export function wordsOf(error: unknown): string {
  if (error instanceof Failure)
    return error.advice === "" ? error.message : `${error.message}\n${error.advice}`;
  if (error instanceof Error) return `This is a bug in Nonmun. ${error.stack ?? error.message}`;
  return String(error);
}
