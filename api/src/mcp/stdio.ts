/** The MCP server over standard input and output, for the CLI: nothing else may be printed to standard output. */
import type { Transport } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { createMcpServer, type McpDeps } from "./server.ts";

export interface StdioSession {
  close(): Promise<void>;
}

/** Serves until the client closes standard input. `transport` is this process's own streams unless given. */
export function serveMcpOverStdio(deps: McpDeps, transport?: Transport): StdioSession {
  return serveStdio(() => createMcpServer(deps), {
    onerror: (error) => deps.log.error("MCP", { error }),
    ...(transport === undefined ? {} : { transport }),
  });
}
