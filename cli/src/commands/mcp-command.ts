/** `nonmun mcp`: the Model Context Protocol on standard input and output, for AI agents. */
import { serveMcpOverStdio } from "@nonmun/api/mcp/stdio";
import type { Command } from "commander";
import { createApiLog } from "../api-log.ts";
import { type CommandContext, withSettings } from "../command.ts";
import { withSearch } from "../open-search.ts";

export function addMcpCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("mcp"))
    .description("serve searching and reading to an AI agent over standard input and output")
    .option("--site-url <url>", "address of the original blog, for links to it (NONMUN_SITE_URL)")
    .action(async (flags) => {
      const { config, terminal, signal } = context.open(flags);
      await withSearch(config, terminal, async ({ snapshot, searcher }) => {
        const session = serveMcpOverStdio({
          library: { use: (work) => work({ snapshot, searcher }) },
          siteUrl: config.siteUrl,
          log: createApiLog(terminal),
        });
        await ended(signal);
        await session.close();
      });
    });
}

/** The client closes the stream when it is done. */
function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once("end", resolve);
    process.stdin.once("close", resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
