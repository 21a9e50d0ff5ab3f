/** The tools `get_paper` and `related`. */
import type { McpServer } from "@modelcontextprotocol/server";
import { limits } from "@nonmun/core/contract";
import { Failure } from "@nonmun/core/model/failure";
import type { Snapshot, StoredPaper } from "@nonmun/core/ports/index-store";
import { summarize } from "@nonmun/core/search/links";
import { compose } from "@nonmun/core/text/normalize";
import { z } from "zod";
import { toBibtex } from "../bibtex.ts";
import { withView } from "../view.ts";
import { answerTool, readsOnly } from "./answer.ts";
import { paperLine, reviewText } from "./paper-text.ts";
import type { McpDeps } from "./server.ts";

const id = z.string().min(1).describe("The paper's id, as a search result has it.");

export function addPaperTools(server: McpServer, deps: McpDeps): void {
  addGetPaper(server, deps);
  addRelated(server, deps);
}

function addGetPaper(server: McpServer, deps: McpDeps): void {
  const config = {
    title: "Read a review",
    description: "The whole review of one paper as text, with its links and its BibTeX entry.",
    inputSchema: z.strictObject({ id }),
    annotations: readsOnly,
  };
  server.registerTool("get_paper", config, (input) =>
    answerTool(deps, () =>
      withView(deps.library, async ({ snapshot }) => {
        const stored = await paperNamed(snapshot, input.id);
        const paper = summarize(stored, deps.siteUrl);
        const text = reviewText(await snapshot.chunksOf([stored.id]));
        const links = [paper.url, paper.sourceHref].filter((link) => link !== null);
        const bibtex = toBibtex(stored);
        return {
          text: [paperLine(paper), ...links, "", text, "", bibtex].join("\n"),
          content: { paper, text, bibtex },
        };
      }),
    ),
  );
}

function addRelated(server: McpServer, deps: McpDeps): void {
  const config = {
    title: "Related papers",
    description: "Papers near in meaning to the given ones, best first.",
    inputSchema: z.strictObject({
      ids: z.array(id).min(1).max(20),
      limit: z.int().min(1).max(limits.pageMax).default(limits.pageDefault),
    }),
    annotations: readsOnly,
  };
  server.registerTool("related", config, ({ ids, limit }) =>
    answerTool(deps, () =>
      withView(deps.library, async ({ snapshot, searcher }) => {
        const papers = await Promise.all(ids.map((one) => paperNamed(snapshot, one)));
        const related = await searcher.related(
          papers.map((paper) => paper.id),
          limit,
        );
        const lines = related.map(
          ({ paper, score }, i) => `${i + 1}. ${paperLine(paper)} (${score.toFixed(2)})`,
        );
        return { text: lines.length === 0 ? "There are no others." : lines.join("\n"), content: { related } };
      }),
    ),
  );
}

async function paperNamed(snapshot: Snapshot, given: string): Promise<StoredPaper> {
  const paper = await snapshot.paper(compose(given.trim()));
  if (paper !== null) return paper;
  throw new Failure("not-found", `There is no paper \`${given}\`.`, {
    advice: "Take an id from a result of `search`.",
  });
}
