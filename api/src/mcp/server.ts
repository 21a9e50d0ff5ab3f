/** The Model Context Protocol server: what an agent can ask of the index. Served over HTTP here and over stdio by the CLI. */
import { McpServer } from "@modelcontextprotocol/server";
import type { AppDeps } from "../deps.ts";
import { addBrowseTools } from "./browse-tools.ts";
import { addPaperTools } from "./paper-tools.ts";
import { addSearchTool } from "./search-tool.ts";

/** What the tools need. Over stdio the CLI makes it without a web server. */
export type McpDeps = Pick<AppDeps, "library" | "siteUrl" | "log">;

const instructions = `Nonmun searches reviews of research papers, written in Korean with English terms, by meaning.
Begin with \`search\`: describe what the paper does in Korean or English, rather than naming single words.
Read a whole review with \`get_paper\` and the id of a result; find its neighbours with \`related\`.
When \`match\` is "weak", nothing in the collection answers the query, and the results are only the nearest.`;

/** A new server with all tools. It holds no state: one for each request, or one for a whole stdio session. */
export function createMcpServer(deps: McpDeps): McpServer {
  const server = new McpServer({ name: "nonmun", title: "Nonmun", version: "0.1.0" }, { instructions });
  addSearchTool(server, deps);
  addPaperTools(server, deps);
  addBrowseTools(server, deps);
  return server;
}
