/** `nonmun index`: one run by hand; `--rollback` goes back to the generation before. */
import type { Command } from "commander";
import { clock, openStore } from "../adapters.ts";
import { type CommandContext, withSettings } from "../command.ts";
import { openIndexer } from "../indexing.ts";
import { runLines } from "../report-run.ts";
import { progressShower } from "../show-progress.ts";

export function addIndexCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("index"))
    .description("index the posts of the content folders; only what is new is embedded")
    .argument("[paths...]", "content folders, instead of those of the settings")
    .option("--json", "print what was done as JSON")
    .option("--rollback", "go back to the index as it was before the last change")
    .action(async (paths: string[], flags) => {
      const { config, terminal, signal } = context.open({
        ...flags,
        content: paths.length > 0 ? paths : flags.content,
      });
      if (flags.rollback === true) {
        const store = await openStore(config, terminal);
        try {
          const manifest = await store.rollback();
          if (flags.json === true) terminal.out(JSON.stringify(manifest, null, 2));
          else
            terminal.say(
              `The index is again as it was before: ${manifest.counts.papers} papers, generation ${manifest.generation}.`,
            );
        } finally {
          await store.close();
        }
        return;
      }
      const indexer = await openIndexer(config, terminal);
      try {
        const onProgress = progressShower(terminal, clock);
        const outcome = await indexer.run({ whenEmpty: "refuse", onProgress, signal });
        if (flags.json === true) {
          const { report, published, manifest } = outcome;
          terminal.out(
            JSON.stringify(
              { published, report, counts: manifest.counts, generation: manifest.generation },
              null,
              2,
            ),
          );
        }
        for (const line of runLines(outcome)) terminal.say(line);
      } finally {
        await indexer.close();
      }
    });
}
