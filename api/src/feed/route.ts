/** `GET /feed.xml`, `/sitemap.xml`, `/opensearch.xml` and `/robots.txt`: they hold addresses of this site, so they know its origin. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { Failure } from "@nonmun/core/model/failure";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import type { Context } from "hono";
import type { AppDeps } from "../deps.ts";
import { siteOrigin } from "../guard/client.ts";
import { once, parameters } from "../parameters.ts";
import { badParameter, noIndex, notFound, notModified } from "../problems/documented.ts";
import { perGeneration } from "../view.ts";
import { atomFeed, type FeedEntry } from "./atom.ts";
import { openSearchDescription } from "./opensearch.ts";
import { sitemap } from "./sitemap.ts";

/** Entries of the feed, and UTF-16 code units of an entry's summary: enough to decide whether to read on. */
const entriesMax = 50;
const summaryMax = 400;

const xml = (type: string) => ({ description: "XML.", content: { [type]: { schema: z.string() } } });

const feedRoute = createRoute({
  method: "get",
  path: "/feed.xml",
  summary: "The newest reviews as an Atom feed",
  tags: ["Site"],
  responses: { 200: xml("application/atom+xml"), ...notModified, ...noIndex },
});

const sitemapRoute = createRoute({
  method: "get",
  path: "/sitemap.xml",
  summary: "Every page's address; above 50,000 of them a list of pages",
  tags: ["Site"],
  request: {
    query: parameters({
      page: once(
        z
          .string()
          .regex(/^[1-9]\d{0,5}$/u, { error: "must be a whole number from 1" })
          .transform(Number)
          .optional()
          .openapi({ type: "integer", minimum: 1 }),
      ),
    }),
  },
  responses: { 200: xml("application/xml"), ...notModified, ...badParameter, ...notFound, ...noIndex },
});

const robotsRoute = createRoute({
  method: "get",
  path: "/robots.txt",
  summary: "What crawlers may read: the pages",
  tags: ["Site"],
  responses: { 200: { description: "Text.", content: { "text/plain": { schema: z.string() } } } },
});

const openSearchRoute = createRoute({
  method: "get",
  path: "/opensearch.xml",
  summary: "OpenSearch description for browsers",
  tags: ["Site"],
  responses: { 200: xml("application/opensearchdescription+xml") },
});

export function addFeed(app: OpenAPIHono, deps: AppDeps): void {
  const originOf = (c: Context) => siteOrigin(c, deps.options?.trustProxy ?? false);

  app.openapi(feedRoute, (c) =>
    perGeneration(deps, c, async ({ snapshot }) => {
      const site = { origin: originOf(c), madeAt: snapshot.manifest.createdAt };
      return answerXml(atomFeed(await newestEntries(snapshot), site), "application/atom+xml");
    }),
  );

  app.openapi(sitemapRoute, (c) => {
    const page = c.req.valid("query").page ?? null;
    return perGeneration(deps, c, async ({ snapshot }) => {
      const text = sitemap(await snapshot.catalogue(), originOf(c), page);
      if (text === null) throw new Failure("not-found", `The sitemap has no page ${page ?? 1}.`);
      return answerXml(text, "application/xml");
    });
  });

  app.openapi(openSearchRoute, (c) => {
    const answer = answerXml(openSearchDescription(originOf(c)), "application/opensearchdescription+xml");
    answer.headers.set("Cache-Control", "public, max-age=86400");
    return answer;
  });

  app.openapi(robotsRoute, (c) =>
    c.text(`User-agent: *\nDisallow: /api/\nSitemap: ${originOf(c)}/sitemap.xml\n`, 200, {
      "Cache-Control": "public, max-age=86400",
    }),
  );
}

async function newestEntries(snapshot: Snapshot): Promise<readonly FeedEntry[]> {
  const cards = (await snapshot.catalogue()).filter((card) => card.kind === "paper").slice(0, entriesMax);
  const chunks = await snapshot.chunksOf(cards.map((card) => card.id));
  const openings = new Map(chunks.toReversed().map((chunk) => [chunk.paperId, chunk.text]));
  return cards.map((card) => ({ card, summary: shorten(openings.get(card.id) ?? "") }));
}

function shorten(text: string): string {
  const flat = text.replace(/\s+/gu, " ").trim();
  if (flat.length <= summaryMax) return flat;
  // A surrogate pair that the cut divides would leave half a character.
  return `${flat.slice(0, summaryMax).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}

function answerXml(text: string, type: string): Response {
  return new Response(text, { headers: { "Content-Type": `${type}; charset=utf-8` } });
}
