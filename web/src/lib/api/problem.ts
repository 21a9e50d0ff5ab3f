/** What an answer of the API is to the page: the value, or the problem that stood in its way. Never an exception. */
import type { Problem } from "@nonmun/core/contract";

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** Code of the problem that stands for "the server could not be reached at all". */
export const unreachable = "unreachable";

/** Reads a failed response; one that is no problem document becomes one. */
export async function problemOf(response: Response): Promise<Problem> {
  // The headers are not asked: a load function on the server can't read them.
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return body;
  return {
    type: "about:blank",
    title: response.statusText,
    status: response.status,
    code: `http-${response.status}`,
    detail: "",
  };
}

export function unreachableProblem(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return { type: "about:blank", title: "Unreachable", status: 503, code: unreachable, detail };
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== "object" || body === null) return false;
  const { code, detail, status } = body as Partial<Record<keyof Problem, unknown>>;
  return typeof code === "string" && typeof detail === "string" && typeof status === "number";
}
