/** The answer to a search, as a schema: the OpenAPI side of `core/src/contract.ts`. */
import { z } from "@hono/zod-openapi";
import { type SearchResponse, searchModes } from "@nonmun/core/contract";
import { type Described, list } from "./described.ts";
import { paperSummary } from "./paper.ts";

const range = z.tuple([z.int(), z.int()]).readonly().openapi("Range", {
  description: "Start and end, in UTF-16 code units into the snippet's text.",
});

const mark = z.object({ range, kind: z.enum(["literal", "meaning"]), strength: z.number() }).openapi("Mark", {
  description: "The query's own words, or words of the same meaning. Strength is 0 to 1.",
});

const sectionHit = z
  .object({
    heading: list(z.string()),
    anchor: z.string(),
    href: z.string(),
    snippet: z.object({ text: z.string(), ranges: list(range), marks: list(mark) }),
    score: z.number(),
  })
  .openapi("SectionHit");

const stage = z.object({ rank: z.int(), score: z.number() }).openapi("StageScore");

const remark = z
  .union([
    z.object({ kind: z.literal("equivalents"), term: z.string(), equivalents: list(z.string()) }),
    z.object({
      kind: z.literal("concept"),
      concept: z.string(),
      description: z.string(),
      terms: list(z.string()),
      closeness: z.number(),
    }),
    z.object({ kind: z.literal("neighbours"), before: z.number(), after: z.number() }),
  ])
  .openapi("Remark");

const limitation = z
  .union([
    z.object({ code: z.enum(["not-loaded", "failed", "terms-failed"]) }),
    z.object({ code: z.literal("phrase-not-found"), phrases: list(z.string()) }),
    z.object({ code: z.literal("not-a-date"), words: list(z.string()) }),
  ])
  .openapi("Limitation");

const explanation = z
  .object({
    semantic: stage.optional(),
    lexical: stage.optional(),
    fused: stage.optional(),
    lateInteraction: stage.optional(),
    exact: z.object({ rule: z.string(), matched: z.string() }).optional(),
    terms: list(z.object({ query: z.string(), matched: z.string(), score: z.number() })).optional(),
    notes: list(z.string()).optional(),
    remarks: list(remark).optional().openapi({ description: "What the notes say, as data." }),
  })
  .openapi("Explanation");

const searchResult = z
  .object({
    paper: paperSummary,
    score: z.number().openapi({ description: "Calibrated probability that the paper is relevant, 0 to 1." }),
    sections: list(sectionHit),
    explain: explanation.optional(),
  })
  .openapi("SearchResult");

const counts = list(z.object({ value: z.string(), count: z.int() }));

export const searchResponse = z
  .object({
    query: z.object({
      text: z.string(),
      mode: z.enum(searchModes),
      filters: z.object({
        org: list(z.string()).optional(),
        tag: list(z.string()).optional(),
        post: z.string().optional(),
        from: z.string().optional(),
        to: z.string().optional(),
      }),
      suggestion: z.string().nullable(),
    }),
    total: z.int(),
    match: z.enum(["good", "weak"]).openapi({ description: "`weak`: the results are only the nearest." }),
    tookMs: z.number(),
    degraded: list(z.string()).openapi({ description: "What could not be done, in words." }),
    limitations: list(limitation).openapi({ description: "The same as data, one for each sentence." }),
    results: list(searchResult),
    facets: z.object({ org: counts, tag: counts, year: counts, post: counts }),
  })
  .openapi("SearchResponse");

/** Fails to compile when the contract and this schema part ways. */
export type SearchSchemas = [Described<SearchResponse, typeof searchResponse>];
