/** `nonmun mcp`: the Model Context Protocol on standard input and output, for AI agents. */
import { serveMcpOverStdio } from "@nonmun/api/mcp/stdio";
import type { Command } from "commander";
import { openStore } from "../adapters.ts";
import { createApiLog } from "../api-log.ts";
import { type CommandContext, type OpenContext, withSettings } from "../command.ts";
import { wordsOf } from "../exit-codes.ts";
import { openSearchingAnyhow } from "../searching.ts";
import { createLibrary, pollMs } from "../serve/library.ts";

export function addMcpCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("mcp"))
    .description("serve searching and reading to an AI agent over standard input and output")
    .option("--site-url <url>", "address of the original blog, for links to it (NONMUN_SITE_URL)")
    .action((flags) => serveAgent(context.open(flags)));
}

/** An agent's session may last for days: each of its calls is answered from the newest generation, as the server does. */
async function serveAgent({ config, terminal, signal }: OpenContext): Promise<void> {
  const store = await openStore(config, terminal);
  const searching = await openSearchingAnyhow(config, terminal);
  const warn = (error: unknown): void => terminal.warn(wordsOf(error));
  const library = createLibrary({ store, pollMs, warn, createSearcher: searching.searcher });
  try {
    await library.refresh();
    const session = serveMcpOverStdio({ library, siteUrl: config.siteUrl, log: createApiLog(terminal) });
    await ended(signal);
    await session.close();
  } finally {
    await library.close();
    await searching.close();
    await store.close();
  }
}

/** The client closes the stream when it is done. */
function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once("end", resolve);
    process.stdin.once("close", resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
