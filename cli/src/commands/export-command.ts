/** `nonmun export`: the catalogue as BibTeX, JSON lines or CSV. */
import { toBibtexFile } from "@nonmun/api/bibtex";
import { limits, type PaperSummary } from "@nonmun/core/contract";
import type { PaperCard } from "@nonmun/core/ports/index-store";
import { summarize } from "@nonmun/core/search/links";
import { fold } from "@nonmun/core/text/normalize";
import { Argument, type Command } from "commander";
import { type CommandContext, collect, type OpenContext, withSettings } from "../command.ts";
import { wholeNumber } from "../numbers.ts";
import { withAnswers, withSnapshot } from "../open-search.ts";

const formats = ["bibtex", "jsonl", "csv"] as const;
type Format = (typeof formats)[number];

export function addExportCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("export"))
    .description(
      "print papers for other programs: all of them, newest first, or what answers a query, best first",
    )
    .addArgument(new Argument("<format>", "which form").choices(formats))
    .option("--org <org>", "only this org; given again, any of them", collect)
    .option("--query <query>", "only what answers this query best; nothing when nothing really does")
    .option(
      "--limit <papers>",
      "with --query: how many at most",
      wholeNumber("limit", 1, limits.pageMax),
      limits.pageDefault,
    )
    .option("--site-url <url>", "address of the original blog, for links to it (NONMUN_SITE_URL)")
    .action(async (format: Format, flags) => {
      const open = context.open(flags);
      const orgs: readonly string[] = flags.org ?? [];
      const papers =
        flags.query === undefined
          ? await listed(open, orgs)
          : await answering(open, flags.query, { orgs, limit: flags.limit });
      if (papers.length > 0 || format === "csv") {
        open.terminal.out(written(format, papers, open.config.siteUrl));
      }
    });
}

function listed({ config, terminal }: OpenContext, orgs: readonly string[]): Promise<readonly PaperCard[]> {
  const wanted = orgs.map(fold);
  return withSnapshot(config, terminal, async (snapshot) =>
    (await snapshot.catalogue()).filter(
      (card) =>
        card.kind === "paper" && (orgs.length === 0 || card.orgs.some((org) => wanted.includes(fold(org)))),
    ),
  );
}

function answering(
  { config, terminal, signal }: OpenContext,
  text: string,
  { orgs, limit }: { readonly orgs: readonly string[]; readonly limit: number },
): Promise<readonly PaperCard[]> {
  return withAnswers(config, terminal, async ({ snapshot, searcher }) => {
    const filters = orgs.length === 0 ? {} : { org: orgs };
    const page = { mode: "hybrid", sort: "relevance", limit, offset: 0, explain: false } as const;
    const { results, match } = await searcher.search({ text, filters, ...page }, { signal });
    if (match === "weak" || results.length === 0) {
      terminal.say("Nothing really answers the query, so nothing is exported.");
      return [];
    }
    const cards = new Map((await snapshot.catalogue()).map((card) => [card.id, card]));
    return results.flatMap(({ paper }) => cards.get(paper.id) ?? []);
  });
}

function written(format: Format, papers: readonly PaperCard[], siteUrl: string | null): string {
  switch (format) {
    case "bibtex":
      return toBibtexFile(papers).trimEnd();
    case "jsonl":
      return papers.map((card) => JSON.stringify(summarize(card, siteUrl))).join("\n");
    case "csv":
      return [columns.join(","), ...papers.map((card) => row(summarize(card, siteUrl)))].join("\r\n");
  }
}

const columns = [
  "id",
  "title",
  "subtitle",
  "arxivId",
  "url",
  "orgs",
  "tags",
  "date",
  "post",
  "sourceHref",
] as const;

/** RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe before it. */
function row(paper: PaperSummary): string {
  return columns
    .map((column) => {
      const value = column === "post" ? paper.post.path : paper[column];
      return cell(Array.isArray(value) ? value.join("; ") : String(value ?? ""));
    })
    .join(",");
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
