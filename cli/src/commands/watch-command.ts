/** `nonmun watch`: indexes, then again after each change. Under the server it reports over the process channel. */
import type { Command } from "commander";
import { clock } from "../adapters.ts";
import { type CommandContext, withSettings } from "../command.ts";
import { wordsOf } from "../exit-codes.ts";
import { openIndexer } from "../indexing.ts";
import { keepIndexed } from "../keep-indexed.ts";
import { runLines } from "../report-run.ts";
import { type IndexerMessage, isRunRequest } from "../serve/messages.ts";
import { progressShower } from "../show-progress.ts";

export function addWatchCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("watch"))
    .description("index, and index again after each change, until stopped")
    .option("--poll-ms <milliseconds>", "look at the files this often, for network folders (NONMUN_POLL_MS)")
    .action(async (flags) => {
      const { config, terminal, signal } = context.open(flags);
      const end = stopped(signal);
      const indexer = await openIndexer(config, terminal);
      const show = progressShower(terminal, clock);
      const tell = (message: IndexerMessage): void => {
        if (process.connected) process.send?.(message);
      };
      try {
        const keeping = await keepIndexed({
          indexer,
          config,
          signal,
          onProgress: (progress) => {
            show(progress);
            tell({ kind: "progress", progress });
          },
          onRun: (outcome) => {
            for (const line of runLines(outcome)) terminal.say(line);
            tell({ kind: "ran", generation: outcome.manifest.generation });
          },
          onFailure: (error) => {
            terminal.bar(null);
            terminal.warn(wordsOf(error));
            tell({ kind: "failed", message: wordsOf(error) });
          },
        });
        process.on("message", (message) => {
          if (isRunRequest(message)) keeping.request();
        });
        if (process.send === undefined) terminal.say("Watching for changes. Stop with Ctrl-C.");
        tell({ kind: "watching" });
        await end;
        await keeping.close();
      } finally {
        await indexer.close();
      }
    });
}

/**
 * Resolves on Ctrl-C, or when the server that started this process is gone. Asked before the first run begins, so that a
 * server which ends meanwhile leaves nothing behind.
 */
function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const isAlone = process.send !== undefined && !process.connected;
    if (signal.aborted || isAlone) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
    process.once("disconnect", () => resolve());
  });
}
