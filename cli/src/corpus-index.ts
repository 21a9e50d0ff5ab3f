/** An index of a folder for an evaluation: kept beside the others, so that the second evaluation embeds nothing. */
import { createHash } from "node:crypto";
import { basename, join, resolve } from "node:path";
import type { Config } from "@nonmun/core/config";
import { clock } from "./adapters.ts";
import { openIndexer } from "./indexing.ts";
import { runLines } from "./report-run.ts";
import { home } from "./settings.ts";
import { progressShower } from "./show-progress.ts";
import type { Terminal } from "./terminal.ts";

/** @returns the settings with that folder as content, and its index brought up to date. */
export async function indexCorpus(
  config: Config,
  corpus: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Config> {
  const folder = resolve(corpus);
  const name = `${basename(folder)}-${createHash("sha256").update(folder).digest("hex").slice(0, 8)}`;
  const own: Config = { ...config, content: [folder], index: join(home, ".cache", "corpora", name) };
  const indexer = await openIndexer(own, terminal);
  try {
    const onProgress = progressShower(terminal, clock);
    const outcome = await indexer.run({ whenEmpty: "refuse", onProgress, signal });
    for (const line of runLines(outcome)) terminal.say(line);
  } finally {
    await indexer.close();
  }
  return own;
}
