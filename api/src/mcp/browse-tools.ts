/** The tools `list_orgs` and `list_posts`. */
import type { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { countOrgs } from "../orgs/route.ts";
import { listPosts } from "../posts/route.ts";
import { withView } from "../view.ts";
import { answerTool, readsOnly } from "./answer.ts";
import type { McpDeps } from "./server.ts";

/** Lists are read by a model, whose room is small: the rest comes with `offset`. */
const page = z.strictObject({
  limit: z.int().min(1).max(500).default(100),
  offset: z.int().min(0).default(0),
});

export function addBrowseTools(server: McpServer, deps: McpDeps): void {
  const orgs = {
    title: "List orgs",
    description:
      "Who the reviewed papers are from, the most frequent first, with the date of the newest review.",
    inputSchema: page,
    annotations: readsOnly,
  };
  server.registerTool("list_orgs", orgs, (input) =>
    answerTool(deps, () =>
      withView(deps.library, async ({ snapshot }) => {
        const shown = cut(countOrgs(await snapshot.catalogue()), input);
        const lines = shown.items.map(
          ({ name, papers, latest }) => `${name}: ${papers} (${latest ?? "undated"})`,
        );
        return {
          text: [shown.head, ...lines].join("\n"),
          content: { total: shown.total, orgs: shown.items },
        };
      }),
    ),
  );

  const posts = {
    title: "List posts",
    description: "The posts, newest first, each with the titles and ids of its papers.",
    inputSchema: page,
    annotations: readsOnly,
  };
  server.registerTool("list_posts", posts, (input) =>
    answerTool(deps, () =>
      withView(deps.library, async ({ snapshot }) => {
        const [stored, catalogue] = await Promise.all([snapshot.posts(), snapshot.catalogue()]);
        const shown = cut(listPosts(stored, catalogue, deps.siteUrl), input);
        const lines = shown.items.map(({ path, date, title, papers }) =>
          [
            `${date ?? "undated"} ${title} (${path})`,
            ...papers.map((paper) => `  ${paper.title} id: ${paper.id}`),
          ].join("\n"),
        );
        return {
          text: [shown.head, ...lines].join("\n"),
          content: { total: shown.total, posts: shown.items },
        };
      }),
    ),
  );
}

function cut<Item>(items: readonly Item[], { limit, offset }: z.output<typeof page>) {
  const part = items.slice(offset, offset + limit);
  const range = part.length === 0 ? "none" : `${offset + 1} to ${offset + part.length}`;
  return { items: part, total: items.length, head: `${items.length} in all, ${range} shown.` };
}
