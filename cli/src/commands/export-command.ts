/** `nonmun export`: the catalogue as BibTeX, JSON lines or CSV. */
import { toBibtexFile } from "@nonmun/api/bibtex";
import type { PaperSummary } from "@nonmun/core/contract";
import type { PaperCard } from "@nonmun/core/ports/index-store";
import { summarize } from "@nonmun/core/search/links";
import { fold } from "@nonmun/core/text/normalize";
import { Argument, type Command } from "commander";
import { type CommandContext, withSettings } from "../command.ts";
import { withSnapshot } from "../open-search.ts";

const formats = ["bibtex", "jsonl", "csv"] as const;
type Format = (typeof formats)[number];

export function addExportCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("export"))
    .description("print every paper, newest first, for other programs")
    .addArgument(new Argument("<format>", "which form").choices(formats))
    .option("--org <org...>", "only these orgs")
    .option("--site-url <url>", "address of the original blog, for links to it (NONMUN_SITE_URL)")
    .action(async (format: Format, flags) => {
      const { config, terminal } = context.open(flags);
      const orgs: readonly string[] = (flags.org ?? []).map(fold);
      await withSnapshot(config, terminal, async (snapshot) => {
        const papers = (await snapshot.catalogue()).filter(
          (card) =>
            card.kind === "paper" && (orgs.length === 0 || card.orgs.some((org) => orgs.includes(fold(org)))),
        );
        terminal.out(written(format, papers, config.siteUrl));
      });
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
