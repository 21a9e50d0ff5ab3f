/** `nonmun bench`: how long searches take beside the bare embedding of their queries, and indexing beside the bare encoder. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "@nonmun/core/config";
import type { Embedder } from "@nonmun/core/ports/embedder";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import { createSearcher } from "@nonmun/core/search/searcher";
import { formatBench } from "@nonmun/eval/bench-report";
import { parseQueries } from "@nonmun/eval/queries";
import { runBench } from "@nonmun/eval/run-bench";
import type { ThroughputDeps } from "@nonmun/eval/throughput";
import type { Command } from "commander";
import { clock, openEmbedder, openStore, pause } from "../adapters.ts";
import { type CommandContext, withSettings } from "../command.ts";
import { indexCorpus } from "../corpus-index.ts";
import { runIndexer } from "../indexing.ts";
import { inTurn, learnWords } from "../learn-words.ts";
import { recallWords, wordsToLearn } from "../learned-words.ts";
import { wholeNumber } from "../numbers.ts";
import { withSearch } from "../open-search.ts";
import { warmStore } from "../serve/warm-store.ts";
import type { Terminal } from "../terminal.ts";

export function addBenchCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("bench"))
    .description(
      "measure searches beside the bare embedding of their queries, and indexing beside the bare encoder",
    )
    .option("--corpus <folder>", "folder of posts, instead of the content of the settings")
    .option("--queries <file>", "judged queries to ask; by default the titles of the papers")
    .option("--rounds <times>", "how often each query is asked", wholeNumber("rounds", 1, 50), 3)
    .option("--no-indexing", "leave out the throughput of indexing, which takes longest")
    .option("--json", "print it as JSON")
    .action(async (flags) => {
      const { config, terminal, signal } = context.open(flags);
      const own = await indexCorpus(config, flags.corpus ?? config.content[0] ?? ".", terminal, signal);
      const report = await withSearch(own, terminal, async (open) => {
        const { snapshot, embedder, ranking } = open;
        await inTurn(signal, () => learnWords(wordsToLearn(ranking, embedder), embedder, { signal }));
        await recallWords(ranking, embedder);
        // As the server does when it starts: searches are measured as its users meet them.
        await warmStore({ use: (work) => work(open) }, signal);
        const queries = await queriesFrom(flags.queries, snapshot);
        const create = (parts: { readonly snapshot: Snapshot; readonly embedder: Embedder }) =>
          createSearcher({ ...parts, ranking, siteUrl: null, clock, pause });
        return runBench(
          {
            snapshot,
            embedder,
            clock,
            createSearcher: create,
            similarity: ranking.similarity,
            indexing: flags.indexing === false ? null : lendIndexing(own, snapshot, terminal, signal),
          },
          { queries, rounds: flags.rounds, signal },
        );
      });
      terminal.out(formatBench(report, flags.json === true ? "json" : "text"));
    });
}

async function queriesFrom(file: string | undefined, snapshot: Snapshot): Promise<readonly string[]> {
  if (file !== undefined)
    return parseQueries(await readFile(file, "utf8"), file).queries.map(({ query }) => query);
  return (await snapshot.catalogue()).slice(0, 50).map(({ title }) => title);
}

/** As `nonmun index` does it: searches have other weights, and collect garbage sooner. */
function lendIndexing(config: Config, snapshot: Snapshot, terminal: Terminal, signal: AbortSignal) {
  return async <T>(measure: (deps: Omit<ThroughputDeps, "clock">) => Promise<T>): Promise<T> => {
    const embedder = await openEmbedder(config, terminal, "indexing");
    const folder = await mkdtemp(join(tmpdir(), "nonmun-bench-"));
    let runs = 0;
    const index = () =>
      indexAnew({ ...config, index: join(folder, `${runs++}`) }, embedder, terminal, signal);
    try {
      return await measure({ embedder, index, texts: () => textsOf(snapshot) });
    } finally {
      await embedder.close();
      await rm(folder, { recursive: true, force: true });
    }
  };
}

/** @param config names an index that isn't there. */
async function indexAnew(
  config: Config,
  embedder: Embedder,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const store = await openStore(config, terminal, "indexing");
  try {
    await runIndexer(config, { store, embedder }, { whenEmpty: "refuse", signal });
  } finally {
    await store.close();
  }
}

async function textsOf(snapshot: Snapshot): Promise<readonly string[]> {
  const cards = await snapshot.catalogue();
  const chunks = await snapshot.chunksOf(cards.map(({ id }) => id));
  return [...new Set(chunks.map(({ embedded }) => embedded))];
}
