/** `nonmun eval`: how good the ranking is, on judged queries. */
import { writeFile } from "node:fs/promises";
import { searchModes } from "@nonmun/core/contract";
import { allStages } from "@nonmun/core/search/stages";
import { formatAblation, runAblation } from "@nonmun/eval/ablation";
import { saveRun } from "@nonmun/eval/comparison";
import { formatEval } from "@nonmun/eval/report";
import { runEval } from "@nonmun/eval/run-eval";
import { type Command, Option } from "commander";
import { type CommandContext, withSettings } from "../command.ts";
import { indexCorpus } from "../corpus-index.ts";
import { inTurn, learnWords } from "../learn-words.ts";
import { descriptionsWithoutMeans, recallWords, wordsToLearn } from "../learned-words.ts";
import { type OpenSearch, withSearch } from "../open-search.ts";

export function addEvalCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("eval"))
    .description(
      "measure the ranking on judged queries: nDCG@10, Recall@10, MRR, hit@1 by file, language and mode",
    )
    .requiredOption("--corpus <folder>", "folder of posts; indexed first, once")
    .requiredOption(
      "--queries <file...>",
      'JSON lines: {"id", "query", "lang", "relevant": {"2510.24514": 2}, "filters"}',
    )
    .addOption(new Option("--modes <mode...>", "which rankings").choices(searchModes))
    .addOption(new Option("--without <stage...>", "stages to switch off").choices(Object.keys(allStages)))
    .addOption(
      new Option("--ablation", "switch each stage off in turn and print what it is worth").conflicts([
        "modes",
        "without",
        "baseline",
        "save",
      ]),
    )
    .option("--baseline <file>", "a saved run to compare with, query by query")
    .option("--save <file>", "save this run, for a later --baseline")
    .option("--json", "print everything as JSON")
    .option("--markdown", "print the tables as Markdown")
    .action(async (flags) => {
      const { config, terminal, signal } = context.open(flags);
      const own = await indexCorpus(config, flags.corpus, terminal, signal);
      const format = flags.json === true ? "json" : flags.markdown === true ? "markdown" : "text";
      const asked = {
        corpus: flags.corpus,
        queries: flags.queries,
        signal,
        onProgress: (done: number, total: number) => terminal.bar(`Asking ${done}/${total}`),
      };
      if (flags.ablation === true) {
        const rows = await withSearch(own, terminal, async (open) => {
          await learnDescriptions(open, signal);
          const without = (stage: string | null) => open.searcherWithout(stage === null ? [] : [stage]);
          return runAblation(without, Object.keys(allStages), asked);
        });
        terminal.bar(null);
        terminal.out(formatAblation(rows, format));
        return;
      }
      const report = await withSearch(own, terminal, async (open) => {
        const modes: readonly string[] = flags.modes ?? searchModes;
        if (modes.some((mode) => mode !== "lexical")) {
          await learnDescriptions(open, signal);
        }
        return runEval(
          { searcher: open.searcherWithout(flags.without ?? []) },
          {
            ...asked,
            ...(flags.modes === undefined ? {} : { modes: flags.modes }),
            ...(flags.baseline === undefined ? {} : { baseline: flags.baseline }),
          },
        );
      });
      terminal.bar(null);
      terminal.out(formatEval(report, format));
      if (flags.save !== undefined) {
        const note = `nonmun eval --corpus ${flags.corpus}`;
        await writeFile(flags.save, `${JSON.stringify(saveRun(report.outcomes, note), null, 1)}\n`);
        terminal.say(`Saved to ${flags.save}.`);
      }
    });
}

/**
 * What an evaluation can't do without: with a model whose means nobody has made, no concept is found before the descriptions
 * are there. All else is made when it is asked for.
 */
async function learnDescriptions({ ranking, embedder }: OpenSearch, signal: AbortSignal): Promise<void> {
  if (descriptionsWithoutMeans(ranking).length === 0) return;
  const words = wordsToLearn(ranking, embedder).slice(0, 1);
  await inTurn(signal, () => learnWords(words, embedder, { signal }));
  await recallWords(ranking, embedder);
}
