/** The tool `search`. */
import type { McpServer } from "@modelcontextprotocol/server";
import {
  limits,
  type SearchResponse,
  type SearchResult,
  searchModes,
  searchSorts,
} from "@nonmun/core/contract";
import { z } from "zod";
import { isDay } from "../search/day.ts";
import { withView } from "../view.ts";
import { answerTool, readsOnly } from "./answer.ts";
import { paperLine } from "./paper-text.ts";
import type { McpDeps } from "./server.ts";

const day = z.string().refine(isDay, { error: "must be a day that exists, as YYYY-MM-DD" }).optional();

const input = z.strictObject({
  query: z
    .string()
    .max(limits.queryMax)
    .default("")
    .describe(
      'What is looked for, in Korean or English; also "exact phrase", -without, an arXiv id. Empty lists the newest.',
    ),
  org: z.array(z.string()).optional().describe("Only papers of any of these orgs, as list_orgs names them."),
  tag: z.array(z.string()).optional().describe("Only papers with any of these tags."),
  post: z.string().optional().describe("Only papers of this post, by its path."),
  from: day.describe("First day of the review, YYYY-MM-DD."),
  to: day.describe("Last day of the review, YYYY-MM-DD."),
  mode: z.enum(searchModes).default("hybrid"),
  sort: z.enum(searchSorts).default("relevance"),
  limit: z.int().min(1).max(limits.pageMax).default(limits.pageDefault),
  offset: z.int().min(0).default(0),
});

export function addSearchTool(server: McpServer, deps: McpDeps): void {
  const config = {
    title: "Search paper reviews",
    description: "Finds reviewed papers by meaning and by words. Results name the sections that matched.",
    inputSchema: input,
    annotations: readsOnly,
  };
  server.registerTool("search", config, ({ query, mode, sort, limit, offset, ...conditions }, context) =>
    answerTool(deps, async () => {
      const filters = Object.fromEntries(
        Object.entries(conditions).filter(([, value]) => value !== undefined),
      );
      const request = { text: query, mode, sort, limit, offset, filters, explain: false };
      const found = await withView(deps.library, ({ searcher }) =>
        searcher.search(request, { signal: context.mcpReq.signal }),
      );
      return { text: describe(found, offset), content: found };
    }),
  );
}

function describe({ total, match, degraded, results }: SearchResponse, offset: number): string {
  const head = match === "weak" ? "Nothing really matches. The nearest:" : `${total} found.`;
  const lines = results.map((result, i) => describeResult(result, offset + i + 1));
  return [head, ...degraded, ...lines].join("\n\n");
}

function describeResult({ paper, score, sections }: SearchResult, rank: number): string {
  const passages = sections.map(
    ({ heading, snippet }) => `   ${heading.slice(1).join(" > ") || "…"}: ${snippet.text}`,
  );
  return [`${rank}. ${paperLine(paper)} (relevance ${score.toFixed(2)})`, ...passages].join("\n");
}
