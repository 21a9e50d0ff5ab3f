/** `nonmun doctor`: every setting with its source, and everything that is wrong in the posts, grouped. */
import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import { Failure } from "@nonmun/core/model/failure";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import { checkCorpus } from "@nonmun/indexer/markdown/check-corpus";
import { proposeAliases } from "@nonmun/indexer/markdown/propose-aliases";
import type { Command } from "commander";
import { openEmbedder } from "../adapters.ts";
import { type CommandContext, withSettings } from "../command.ts";
import { wordsOf } from "../exit-codes.ts";
import { withSnapshot } from "../open-search.ts";
import { plural } from "../report-run.ts";
import type { LoadedSettings } from "../settings.ts";
import type { Terminal } from "../terminal.ts";

interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly orgAliases: Readonly<Record<string, string>>;
  /** What is wrong with model or index, as sentences. */
  readonly problems: readonly string[];
}

export function addDoctorCommand(program: Command, context: CommandContext): void {
  withSettings(program.command("doctor"))
    .description(
      "list settings and where they come from, and what is wrong in the posts; exits with 1 on errors",
    )
    .option("--json", "print it as JSON")
    .action(async (flags) => {
      const { config, loaded, terminal } = context.open(flags);
      const problems: string[] = [];
      await openEmbedder(config, terminal).then(
        (embedder) => embedder.close(),
        (error: unknown) => problems.push(wordsOf(error)),
      );
      const found = await withSnapshot(config, terminal, findingsIn).catch((error: unknown) => {
        if (!(error instanceof Failure)) throw error;
        problems.push(wordsOf(error));
        return { diagnostics: [], orgAliases: {} };
      });
      const findings = { ...found, problems };
      if (flags.json === true)
        terminal.out(JSON.stringify({ settings: loaded.settings, ...findings }, null, 2));
      else print(findings, loaded, terminal);
      const failed = problems.length > 0 || findings.diagnostics.some(({ severity }) => severity === "error");
      if (failed) context.exitWith(1);
    });
}

async function findingsIn(snapshot: Snapshot): Promise<Omit<Findings, "problems">> {
  const [posts, cards] = await Promise.all([snapshot.posts(), snapshot.catalogue()]);
  const own = posts.flatMap((post) => post.diagnostics);
  return {
    diagnostics: [...own, ...checkCorpus(cards)],
    orgAliases: Object.fromEntries(proposeAliases(cards).map(({ from, to }) => [from, to])),
  };
}

function print(
  { diagnostics, orgAliases, problems }: Findings,
  loaded: LoadedSettings,
  terminal: Terminal,
): void {
  terminal.out(`Settings${loaded.file === null ? "" : ` (file: ${loaded.file})`}`);
  for (const { name, shown, source, variable } of loaded.settings) {
    terminal.out(
      `  ${name.padEnd(14)} ${shown}  (${source}${source === "environment" ? ` ${variable}` : ""})`,
    );
  }
  for (const problem of problems) terminal.out(`\n${problem}`);
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  for (const code of codes) {
    const group = diagnostics.filter((one) => one.code === code);
    terminal.out(`\n${code} (${group[0]?.severity ?? ""}, ${group.length})`);
    for (const { file, span, message, advice } of group) {
      terminal.out(`  ${file}:${span.start.line}:${span.start.column}  ${message} ${advice}`);
    }
  }
  if (Object.keys(orgAliases).length > 0) {
    terminal.out(
      "\nOrgs that look like one. To merge them, put into nonmun.config.json what is right of this:",
    );
    terminal.out(JSON.stringify({ orgAliases }, null, 2));
  }
  terminal.out(
    diagnostics.length === 0
      ? "\nThe posts have no problems."
      : `\n${plural(diagnostics.length, "finding")} in the posts.`,
  );
}
