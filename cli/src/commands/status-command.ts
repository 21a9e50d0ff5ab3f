/** `nonmun status`: what the index holds, what it was made with, and what the last run did. */
import type { Command } from "commander";
import { openEmbedder, openStore } from "../adapters.ts";
import { type CommandContext, withSettings } from "../command.ts";
import { wordsOf } from "../exit-codes.ts";
import { plural } from "../report-run.ts";
import { duration } from "../show-progress.ts";

export function addStatusCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("status"))
    .description("say what the index holds and whether it fits the model")
    .option("--json", "print it as JSON")
    .action(async (flags) => {
      const { config, terminal } = context.open(flags);
      const store = await openStore(config, terminal);
      try {
        const snapshot = await store.open();
        const manifest = snapshot?.manifest ?? null;
        const model = await openEmbedder(config, terminal).then(async (embedder) => {
          await embedder.close();
          return embedder.profile;
        }, wordsOf);
        if (flags.json === true) {
          terminal.out(JSON.stringify({ index: config.index, manifest, model }, null, 2));
          return;
        }
        const fits = typeof model !== "string" && manifest?.recipe.model === model.fingerprint;
        terminal.out(
          `Model     ${typeof model === "string" ? model : `${model.id}, ${model.dimensions} dimensions`}`,
        );
        terminal.out(`Index     ${config.index}`);
        if (manifest === null) {
          terminal.out("          nothing indexed yet: npx nonmun index");
          return;
        }
        const { counts, lastRun } = manifest;
        const holds = [
          plural(counts.posts, "post"),
          plural(counts.papers, "paper"),
          plural(counts.notes, "note"),
          plural(counts.chunks, "chunk"),
        ];
        terminal.out(
          `          ${holds.join(", ")}; generation ${manifest.generation} of ${manifest.createdAt}`,
        );
        if (!manifest.complete)
          terminal.out("          the first indexing is not finished: npx nonmun index");
        terminal.out(
          `          made with ${manifest.modelId}${fits ? "" : " — not the model of the settings; npx nonmun index makes it anew"}`,
        );
        terminal.out(
          `Last run  ${lastRun.added} added, ${lastRun.changed} changed, ${lastRun.removed} removed; ${lastRun.embedded} chunks embedded, ${lastRun.reused} kept; ${duration(lastRun.tookMs / 1000)}`,
        );
      } finally {
        await store.close();
      }
    });
}
