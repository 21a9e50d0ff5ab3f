/** For pages that can't be shown without an answer: the value, or the page's error. */
import { error } from "@sveltejs/kit";
import type { Answer } from "./problem.ts";

/** @throws HttpError with the problem's status, code and detail. */
export function expectValue<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  const { status, code, detail, title } = answer.problem;
  error(status >= 400 && status <= 599 ? status : 502, title || code, { code, detail });
}
