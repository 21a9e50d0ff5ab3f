/** The parameters of a search: what may stand in the address, and what to say when something else does. */
import { z } from "@hono/zod-openapi";
import { limits, searchModes, searchSorts } from "@nonmun/core/contract";
import type { SearchRequest } from "@nonmun/core/ports/searcher";
import { flag, once, parameters, several, wholeNumber } from "../parameters.ts";
import { isDay } from "./day.ts";

/** Longest value of a filter, and most values of one filter. Names of orgs and paths of posts are far shorter. */
const valueMax = 300;
const valuesMax = 50;

const day = (description: string) =>
  once(
    z
      .string()
      .refine(isDay, { error: "must be a day that exists, as YYYY-MM-DD" })
      .optional()
      .openapi({ description, format: "date", example: "2025-10-29" }),
  );

const values = (description: string) =>
  several(
    z
      .array(z.string().max(valueMax, { error: `must not be longer than ${valueMax} characters` }))
      .max(valuesMax, { error: `must not stand more than ${valuesMax} times in the address` })
      .optional()
      .openapi({ description }),
  );

export const searchParameters = parameters({
  q: once(
    z
      .string()
      .max(limits.queryMax, { error: `must not be longer than ${limits.queryMax} characters` })
      .default("")
      .openapi({
        description: "What is looked for. Empty lists papers, newest first.",
        example: "visual latent reasoning",
      }),
  ),
  mode: once(z.enum(searchModes).default("hybrid")),
  org: values("Any of these orgs; repeat the parameter for several."),
  tag: values("Any of these tags; repeat the parameter for several."),
  post: once(
    z
      .string()
      .max(valueMax, { error: `must not be longer than ${valueMax} characters` })
      .optional()
      .openapi({ description: "Path of a post, with or without extension." }),
  ),
  from: day("First day of the review."),
  to: day("Last day of the review."),
  sort: once(z.enum(searchSorts).default("relevance")),
  limit: wholeNumber(1, limits.pageMax, limits.pageDefault),
  offset: wholeNumber(0, 10_000_000, 0),
  explain: flag("Say of each result why it stands where it does."),
}).refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
  path: ["to"],
  error: "must not be before `from`",
});

/** The port's request, without the filters that are not set. */
export function toSearchRequest(valid: z.output<typeof searchParameters>): SearchRequest {
  const { q, mode, sort, limit, offset, explain, org, tag, post, from, to } = valid;
  const filters = { org, tag, post, from, to };
  const set = Object.entries(filters).filter(([, value]) => value !== undefined && value.length > 0);
  return { text: q, mode, sort, limit, offset, explain, filters: Object.fromEntries(set) };
}
