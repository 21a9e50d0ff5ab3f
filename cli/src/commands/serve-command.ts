/** `nonmun serve`, which `npm start` runs: pages and API on one port, with the index kept up to date. */
import { fileURLToPath } from "node:url";
import { contentEmpty, listPosts } from "@nonmun/indexer/content/list-posts";
import type { Command } from "commander";
import { type CommandContext, collect, type OpenContext, withSettings } from "../command.ts";
import { plural } from "../report-run.ts";
import { type Served, serve } from "../serve/serve.ts";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

export function addServeCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("serve"))
    .description("serve pages and API on one port, and keep the index up to date")
    .argument("[paths...]", "content folders, instead of those of the settings")
    .option("--host <host>", "address to listen on (HOST)")
    .option("--port <port>", "port to listen on, 0 for any that is free (PORT)")
    .option("--site-url <url>", "address of the original blog, for links to it (NONMUN_SITE_URL)")
    .option("--poll-ms <milliseconds>", "look at the files this often, for network folders (NONMUN_POLL_MS)")
    .option(
      "--token <token>",
      "lets POST /api/index in; rather NONMUN_TOKEN, for others can see what is typed here",
    )
    .option(
      "--allowed-hosts <name>",
      "a name of its own under which the server may be asked, may be given again; * for any (NONMUN_ALLOWED_HOSTS)",
      collect,
    )
    .option(
      "--allowed-origins <origin>",
      "a site whose pages may read the API, may be given again; * for any (NONMUN_ALLOWED_ORIGINS)",
      collect,
    )
    .option("--trust-proxy", "believe the X-Forwarded headers of a reverse proxy (NONMUN_TRUST_PROXY)")
    .option("--read-only", "serve an index that is made elsewhere, without the posts at hand")
    .action(async (paths: string[], { readOnly, ...flags }) => {
      const opened = context.open({ ...flags, content: paths.length > 0 ? paths : flags.content });
      await run(opened, readOnly === true);
    });
}

async function run({ config, loaded, terminal, signal }: OpenContext, readOnly: boolean): Promise<void> {
  if (!readOnly) await refuseEmpty(config.content);
  const started = performance.now();
  const indexer = readOnly ? null : indexerCommand(config, loaded.file, terminal.quiet);
  const served = await serve({ config, terminal, indexer, learner: learnerCommand(config, loaded.file) });
  try {
    terminal.say(`Serving on ${served.url}; getting ready …`);
    await Promise.race([served.ready, aborted(signal)]);
    if (!signal.aborted) terminal.out(readyLine(served, (performance.now() - started) / 1000));
    await aborted(signal);
  } finally {
    await served.close();
  }
}

/** Says before anything is started that there is nothing to serve. */
async function refuseEmpty(content: readonly string[]): Promise<void> {
  const { posts } = await listPosts(content);
  if (posts.length === 0) throw contentEmpty(content);
}

/** The other processes get the effective settings as flags, so that all mean the same. */
function indexerCommand(
  config: OpenContext["config"],
  file: string | null,
  quiet: boolean,
): readonly [string, ...string[]] {
  return [
    ...command("watch", config, file),
    ...config.content.flatMap((folder) => ["--content", folder]),
    "--index",
    config.index,
    ...(config.pollMs === null ? [] : ["--poll-ms", String(config.pollMs)]),
    ...(config.drafts ? ["--drafts"] : []),
    ...(quiet ? ["--quiet"] : []),
  ];
}

function learnerCommand(config: OpenContext["config"], file: string | null): readonly [string, ...string[]] {
  const { glossary, lexicon } = config;
  return [
    ...command("learn", config, file),
    ...(glossary === null ? [] : ["--glossary", glossary]),
    ...(lexicon === null ? [] : ["--lexicon", lexicon]),
    "--quiet",
  ];
}

function command(
  name: string,
  { model }: OpenContext["config"],
  file: string | null,
): readonly [string, ...string[]] {
  const settings = ["--model", model, ...(file === null ? [] : ["--config", file])];
  return [process.execPath, ...process.execArgv, main, name, ...settings];
}

function readyLine({ url, library }: Served, seconds: number): string {
  const counts = library.current()?.snapshot.manifest.counts;
  const holds =
    counts === undefined
      ? "no index yet"
      : `${plural(counts.papers, "paper")} in ${plural(counts.posts, "post")}, ${plural(counts.chunks, "chunk")}`;
  return `Nonmun is ready on ${url} — ${holds} (${seconds.toFixed(1)} s)`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
