/** `nonmun search`: the same answers as `GET /api/search`, in the terminal. */
import { isDay } from "@nonmun/api/search/day";
import { limits, type SearchFilters, searchModes, searchSorts } from "@nonmun/core/contract";
import { Failure } from "@nonmun/core/model/failure";
import type { SearchRequest } from "@nonmun/core/ports/searcher";
import { type Command, Option } from "commander";
import { type CommandContext, collect, withSettings } from "../command.ts";
import { wholeNumber } from "../numbers.ts";
import { withAnswers } from "../open-search.ts";
import type { SettingFlags } from "../settings.ts";
import { resultLines } from "../show-results.ts";
import { styleFor } from "../style.ts";

const leavingOut =
  "A word that is to be left out begins with a dash; put -- before the query: nonmun search -- reasoning -latent";

interface SearchFlags extends SettingFlags {
  readonly org?: readonly string[];
  readonly tag?: readonly string[];
  readonly post?: string;
  readonly from?: string;
  readonly to?: string;
  readonly mode: SearchRequest["mode"];
  readonly sort: SearchRequest["sort"];
  readonly limit: number;
  readonly offset: number;
  readonly explain?: boolean;
  readonly json?: boolean;
}

export function addSearchCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("search"))
    .description("search the index; without a query, the newest reviews")
    .argument(
      "[query...]",
      'what to look for, with org:x, tag:x, after:2025-10-01, "a phrase", or -word after --',
    )
    .option("--org <org>", "only this org; given again, any of them", collect)
    .option("--tag <tag>", "only this tag; given again, any of them", collect)
    .option("--post <path>", "only this post")
    .option("--from <date>", "from this day on, YYYY-MM-DD")
    .option("--to <date>", "up to this day, YYYY-MM-DD")
    .addOption(new Option("--mode <mode>", "which ranking").choices(searchModes).default("hybrid"))
    .addOption(new Option("--sort <order>", "which order").choices(searchSorts).default("relevance"))
    .option(
      "--limit <papers>",
      "how many papers",
      wholeNumber("limit", 1, limits.pageMax),
      limits.pageDefault,
    )
    .option(
      "--offset <papers>",
      "how many to leave out at the beginning",
      wholeNumber("offset", 0, 1_000_000),
      0,
    )
    .option("--site-url <url>", "address of the original blog, for links to it (NONMUN_SITE_URL)")
    .option("--explain", "say why each paper is where it is")
    .option("--json", "print what the HTTP API would answer")
    .addHelpText("after", `\n${leavingOut}`)
    .showHelpAfterError(`See --help for what can be given. ${leavingOut}`)
    .action(async (words: string[], flags: SearchFlags) => {
      const { config, terminal, signal } = context.open(flags);
      const request = requestOf(words.join(" "), flags);
      const response = await withAnswers(config, terminal, ({ searcher }) =>
        searcher.search(request, { signal }),
      );
      if (flags.json === true) terminal.out(JSON.stringify(response, null, 2));
      else
        terminal.out(resultLines(response, styleFor(process.stdout, process.env.NO_COLOR), terminal.columns));
    });
}

function requestOf(text: string, flags: SearchFlags): SearchRequest {
  const { mode, sort, limit, offset, explain } = flags;
  if (text.length > limits.queryMax) {
    throw new Failure("bad-parameter", `The query has ${text.length} characters.`, {
      advice: `Shorten it to ${limits.queryMax} or fewer.`,
      subject: "query",
    });
  }
  return { text, mode, sort, limit, offset, filters: filtersOf(flags), explain: explain === true };
}

function filtersOf({ org, tag, post, from, to }: SearchFlags): SearchFilters {
  return {
    ...(org === undefined ? {} : { org }),
    ...(tag === undefined ? {} : { tag }),
    ...(post === undefined ? {} : { post }),
    ...(from === undefined ? {} : { from: day("from", from) }),
    ...(to === undefined ? {} : { to: day("to", to) }),
  };
}

function day(name: string, text: string): string {
  if (isDay(text)) return text;
  throw new Failure("bad-parameter", `--${name} ${text} is no day.`, {
    advice: "Write it as YYYY-MM-DD, for example 2025-10-29.",
    subject: name,
  });
}
