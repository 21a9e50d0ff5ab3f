/** Papers, posts and what lists of them look like, as schemas: the OpenAPI side of `core/src/contract.ts`. */
import { z } from "@hono/zod-openapi";
import type {
  MapResponse,
  OrgsResponse,
  PaperDetail,
  PaperSummary,
  PostsResponse,
  RelatedResponse,
  SuggestResponse,
} from "@nonmun/core/contract";
import { type Described, list } from "./described.ts";

const orNull = (description: string) => z.string().nullable().openapi({ description });

const paperFields = {
  id: z.string().openapi({ example: "2025-10-29-papers-review/latent-sketchpad" }),
  kind: z.enum(["paper", "note"]).openapi({ description: "`note`: a part of a post that names no paper." }),
  title: z.string(),
  subtitle: z.string().nullable(),
  arxivId: orNull("Without a version: `2510.24514`."),
  url: orNull("Where the paper is: the link of its heading."),
  orgs: list(z.string()),
  tags: list(z.string()),
  date: orNull("Of the review, `YYYY-MM-DD`."),
  post: z.object({ path: z.string(), title: z.string() }),
  href: z.string().openapi({ description: "The review's page in Nonmun." }),
  sourceHref: orNull("The review in the original blog, where its address is known."),
};

export const paperSummary = z.object(paperFields).openapi("PaperSummary");

/** `nullable()` on a named schema is lost on the way to the document, which then has the bare reference. */
const paperOrNull = z.union([paperSummary, z.null()]);

const heading = z.object({ depth: z.int(), text: z.string(), anchor: z.string() }).openapi("Heading");

const figure = z
  .object({
    number: z.int(),
    source: z.string(),
    asset: orNull("Id of the stored bytes, at `/assets/{id}`."),
    caption: z.string().nullable(),
    anchor: z.string(),
    status: z.enum(["stored", "missing", "remote"]),
  })
  .openapi("Figure");

export const paperDetail = z
  .object({
    ...paperFields,
    html: z.string().openapi({ description: "The whole review. It has passed the sanitiser." }),
    headings: list(heading),
    figures: list(figure),
    anchor: z.string().openapi({ description: "Of the paper's heading in its post." }),
    previous: paperOrNull,
    next: paperOrNull,
    sameArxivId: list(paperSummary).openapi({ description: "Other reviews of the same arXiv paper." }),
  })
  .openapi("PaperDetail");

export const relatedResponse = z
  .object({ related: list(z.object({ paper: paperSummary, score: z.number() })) })
  .openapi("RelatedResponse");

const total = z
  .int()
  .openapi({ description: "Of the whole list, whatever `limit` and `offset` leave of it." });

const postSummary = z
  .object({
    path: z.string(),
    title: z.string(),
    slug: z.string(),
    date: z.string().nullable(),
    tags: list(z.string()),
    papers: list(paperSummary),
    sourceHref: z.string().nullable(),
  })
  .openapi("PostSummary");

export const postsResponse = z.object({ posts: list(postSummary), total }).openapi("PostsResponse");

const orgSummary = z
  .object({ name: z.string(), papers: z.int(), latest: orNull("Date of the newest review, `YYYY-MM-DD`.") })
  .openapi("OrgSummary");

export const orgsResponse = z.object({ orgs: list(orgSummary), total }).openapi("OrgsResponse");

const suggestion = z
  .object({ kind: z.enum(["title", "org", "term"]), text: z.string(), href: z.string() })
  .openapi("Suggestion");

export const suggestResponse = z.object({ suggestions: list(suggestion) }).openapi("SuggestResponse");

const mapPoint = z.object({ paper: paperSummary, x: z.number(), y: z.number() }).openapi("MapPoint");

const mapTopic = z
  .object({ en: z.string(), ko: z.string().nullable(), x: z.number(), y: z.number(), papers: z.int() })
  .openapi("MapTopic");

export const mapResponse = z
  .object({
    points: list(mapPoint),
    total,
    topics: list(mapTopic).openapi({ description: "Names of the map's regions, the fullest first." }),
  })
  .openapi("MapResponse");

/** Fails to compile when the contract and these schemas part ways. */
export type PaperSchemas = [
  Described<PaperSummary, typeof paperSummary>,
  Described<PaperDetail, typeof paperDetail>,
  Described<RelatedResponse, typeof relatedResponse>,
  Described<PostsResponse, typeof postsResponse>,
  Described<OrgsResponse, typeof orgsResponse>,
  Described<SuggestResponse, typeof suggestResponse>,
  Described<MapResponse, typeof mapResponse>,
];
