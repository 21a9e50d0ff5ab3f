/** `nonmun publish`: the index as a folder of files that any static host can serve. */
import { resolve } from "node:path";
import { Failure } from "@nonmun/core/model/failure";
import { type Command, Option } from "commander";
import { clock } from "../adapters.ts";
import { type CommandContext, type OpenContext, withSettings } from "../command.ts";
import { openIndexer } from "../indexing.ts";
import { checkPlace } from "../publish/place.ts";
import { publish } from "../publish/publish.ts";
import { plural, runLines } from "../report-run.ts";
import { progressShower } from "../show-progress.ts";

export function addPublishCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("publish"))
    .description("write a static site that any host of files can serve; indexes first what has changed")
    .argument("<folder>", "where to: a new or empty folder, or one of an earlier publication")
    .option("--url <address>", "address that the site will have, for feed, sitemap and canonical links")
    .option("--site-url <url>", "address of the original blog, for links to it (NONMUN_SITE_URL)")
    .addOption(
      new Option("--lang <language>", "language of the interface").choices(["ko", "en"]).default("ko"),
    )
    .option("--no-index-first", "publish the index as it is, without looking at the posts")
    .option("--json", "print what was written as JSON")
    .action(async (folder: string, flags) => {
      const { url, lang, indexFirst, json, ...settings } = flags;
      const siteAddress = url === undefined ? null : checkedAddress(url);
      const opened = context.open(settings);
      await checkPlace(folder);
      if (indexFirst) await bringUpToDate(opened);
      const { config, terminal, signal } = opened;
      const done = await publish({
        folder: resolve(folder),
        config,
        terminal,
        signal,
        siteAddress,
        locale: lang,
      });
      if (json === true) return terminal.out(JSON.stringify(done, null, 2));
      terminal.say(
        `Published ${plural(done.papers, "paper")} as ${plural(done.pages, "page")} in ${done.folder}: ${(done.bytes / 1e6).toFixed(1)} MB, ${done.written} written, ${done.unchanged} unchanged, ${done.removed} removed.`,
      );
      if (siteAddress === null) {
        terminal.say("Feed, sitemap and canonical links need the site's address: give it with --url.");
      }
    });
}

/** Ends without a slash, and has neither query nor fragment. */
function checkedAddress(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/u.test(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new Failure("usage", `--url ${text} is not the address of a site.`, {
      advice: "Write it like https://me.github.io/notes",
      subject: "url",
    });
  }
  return url.href.replace(/\/$/u, "");
}

async function bringUpToDate({ config, terminal, signal }: OpenContext): Promise<void> {
  const indexer = await openIndexer(config, terminal);
  try {
    const onProgress = progressShower(terminal, clock);
    const outcome = await indexer.run({ whenEmpty: "refuse", onProgress, signal });
    for (const line of runLines(outcome)) terminal.say(line);
  } finally {
    await indexer.close();
  }
}
