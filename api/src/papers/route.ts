/** `GET /api/papers/{id}`, `…/related` and `…/bibtex`. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { limits, type PaperDetail, type RelatedResponse } from "@nonmun/core/contract";
import { Failure } from "@nonmun/core/model/failure";
import type { StoredPaper } from "@nonmun/core/ports/index-store";
import type { Context } from "hono";
import { toBibtex } from "../bibtex.ts";
import type { AppDeps, View } from "../deps.ts";
import { readQuery } from "../parameters.ts";
import { perGeneration } from "../view.ts";
import { type PaperPart, readPaperAddress } from "./address.ts";
import { paperDetail } from "./detail.ts";
import { noQuery, paperRoutes, relatedQuery } from "./documented.ts";

const prefix = "/api/papers/";

export function addPapers(app: OpenAPIHono, deps: AppDeps): void {
  for (const route of paperRoutes) app.openAPIRegistry.registerPath(route);
  app.get(`${prefix}*`, (c) => {
    // Hono decodes the path it routes by; ids need the raw one, in which `%2F` and `/` still differ.
    const readings = readPaperAddress(new URL(c.req.url).pathname.slice(prefix.length));
    // Which part is asked for shows in the index alone, but what no part takes is wrong whatever the index holds.
    const limit = readLimit(c, readings.at(-1)?.part ?? "review");
    return perGeneration(deps, c, async (view) => {
      for (const { id, part } of readings) {
        const paper = await view.snapshot.paper(id);
        if (paper === null) continue;
        return parts[part](c, paper, view, { siteUrl: deps.siteUrl, limit });
      }
      throw new Failure("not-found", `There is no paper \`${readings.at(-1)?.id ?? ""}\`.`, {
        advice: "Ids are those of search results and of /api/posts.",
      });
    });
  });
}

interface AnswerOptions {
  readonly siteUrl: string | null;
  /** How many related papers. */
  readonly limit: number;
}

type AnswerPart = (c: Context, paper: StoredPaper, view: View, options: AnswerOptions) => Promise<Response>;

const parts: Readonly<Record<PaperPart, AnswerPart>> = {
  async review(c, paper, view, { siteUrl }) {
    const answer: PaperDetail = paperDetail(paper, await view.snapshot.catalogue(), siteUrl);
    return c.json(answer);
  },
  async related(c, paper, view, { limit }) {
    const answer: RelatedResponse = { related: await view.searcher.related([paper.id], limit) };
    return c.json(answer);
  },
  async bibtex(c, paper) {
    const name = paper.id.replaceAll("/", "-");
    return c.body(toBibtex(paper), 200, {
      "Content-Type": "application/x-bibtex; charset=utf-8",
      "Content-Disposition": `inline; filename*=UTF-8''${encodeURIComponent(name)}.bib`,
    });
  },
};

/** @throws Failure `bad-parameter` for anything that the part does not take. */
function readLimit(c: Context, part: PaperPart): number {
  if (part === "related") return readQuery(c, relatedQuery).limit;
  readQuery(c, noQuery);
  return limits.pageDefault;
}
