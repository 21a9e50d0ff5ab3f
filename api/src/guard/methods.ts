/** What a known path answers to a method it does not have: 405 with `Allow`, and OPTIONS with the same list. */
import { problemDocument, problemResponse } from "../problems/problem.ts";

export function answerMethods(method: string, path: string, methods: readonly string[]): Response {
  const allow = [...methods, "OPTIONS"].join(", ");
  if (method === "OPTIONS") return new Response(null, { status: 204, headers: { Allow: allow } });
  const detail = `${path} has no ${method}. It answers to: ${allow}.`;
  return problemResponse(problemDocument("method-not-allowed", detail), { Allow: allow });
}
