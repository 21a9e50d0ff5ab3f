/** `nonmun doctor`: every setting with its source, and everything that is wrong in the posts, grouped. */
import type { Config } from "@nonmun/core/config";
import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import { Failure } from "@nonmun/core/model/failure";
import type { Manifest } from "@nonmun/core/model/manifest";
import type { ModelProfile } from "@nonmun/core/ports/embedder";
import type { Snapshot } from "@nonmun/core/ports/index-store";
import { type CorpusFinding, checkCorpus } from "@nonmun/indexer/markdown/check-corpus";
import { proposeAliases } from "@nonmun/indexer/markdown/propose-aliases";
import { type Command, Option } from "commander";
import { openEmbedder } from "../adapters.ts";
import { type CommandContext, withSettings } from "../command.ts";
import { wordsOf } from "../exit-codes.ts";
import { withSnapshot } from "../open-search.ts";
import { plural } from "../report-run.ts";
import type { LoadedSettings } from "../settings.ts";
import { countsInWords, findingLines, severities } from "../show-findings.ts";
import type { Terminal } from "../terminal.ts";

interface Findings {
  /** What the index holds; null when there is none that can be opened. */
  readonly index: Pick<Manifest, "generation" | "createdAt" | "complete" | "modelId" | "counts"> | null;
  /** The model of the settings; null when it can't be opened. */
  readonly model: Pick<ModelProfile, "id" | "dimensions"> | null;
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
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 from this severity on, for checks before publishing")
        .choices(severities)
        .default("error"),
    )
    .action(async (flags) => {
      const { config, loaded, terminal } = context.open(flags);
      const findings = await examine(config, terminal);
      if (flags.json === true)
        terminal.out(JSON.stringify({ settings: loaded.settings, ...findings }, null, 2));
      else print(findings, loaded, terminal);
      const failing = severities.slice(0, severities.indexOf(flags.failOn) + 1);
      const failed =
        findings.problems.length > 0 ||
        findings.diagnostics.some(({ severity }) => failing.includes(severity));
      if (failed) context.exitWith(1);
    });
}

async function examine(config: Config, terminal: Terminal): Promise<Findings> {
  const problems: string[] = [];
  const noted =
    <T>(fallback: T) =>
    (error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      problems.push(wordsOf(error));
      return fallback;
    };
  const profile = await openEmbedder(config, terminal).then(async (embedder) => {
    await embedder.close();
    return embedder.profile;
  }, noted(null));
  const found = await withSnapshot(config, terminal, async (snapshot) => {
    const { recipe } = snapshot.manifest;
    if (profile !== null && recipe.model !== profile.fingerprint) {
      problems.push(
        `The index was made with another model than ${profile.id}: searches go by letters alone.\nMake it anew with: npx nonmun index`,
      );
    }
    return findingsIn(snapshot);
  }).catch(noted({ index: null, diagnostics: [], orgAliases: {} }));
  const model = profile === null ? null : { id: profile.id, dimensions: profile.dimensions };
  return { ...found, model, problems };
}

async function findingsIn(snapshot: Snapshot): Promise<Omit<Findings, "problems" | "model">> {
  const { generation, createdAt, complete, modelId, counts } = snapshot.manifest;
  const [posts, cards] = await Promise.all([snapshot.posts(), snapshot.catalogue()]);
  const own = posts.flatMap((post) => post.diagnostics);
  return {
    index: { generation, createdAt, complete, modelId, counts },
    diagnostics: [...own, ...(await placed(checkCorpus(cards), snapshot))],
    orgAliases: Object.fromEntries(proposeAliases(cards).map(({ from, to }) => [from, to])),
  };
}

/** The catalogue doesn't say where a paper stands in its post: looked up for those that something is wrong with. */
function placed(findings: readonly CorpusFinding[], snapshot: Snapshot): Promise<readonly Diagnostic[]> {
  return Promise.all(
    findings.map(async ({ paperId, ...finding }) => {
      const paper = await snapshot.paper(paperId);
      return paper === null
        ? finding
        : { ...finding, span: { start: paper.span.start, end: paper.span.start } };
    }),
  );
}

function print(
  { index, model, diagnostics, orgAliases, problems }: Findings,
  loaded: LoadedSettings,
  terminal: Terminal,
): void {
  terminal.out(`Settings${loaded.file === null ? "" : ` (file: ${loaded.file})`}`);
  for (const { name, shown, source, variable } of loaded.settings) {
    terminal.out(
      `  ${name.padEnd(14)} ${shown}  (${source}${source === "environment" ? ` ${variable}` : ""})`,
    );
  }
  if (model !== null) terminal.out(`\nModel  ${model.id}, ${model.dimensions} dimensions`);
  if (index !== null) {
    const { counts, generation, createdAt, complete } = index;
    terminal.out(
      `Index  ${plural(counts.papers, "paper")} in ${plural(counts.posts, "post")}; generation ${generation} of ${createdAt}${complete ? "" : "; the first indexing is not finished: npx nonmun index"}`,
    );
  }
  for (const problem of problems) terminal.out(`\n${problem}`);
  for (const line of findingLines(diagnostics)) terminal.out(line);
  if (Object.keys(orgAliases).length > 0) {
    terminal.out(
      "\nOrgs that look like one. To merge them, put into nonmun.config.json what is right of this:",
    );
    terminal.out(JSON.stringify({ orgAliases }, null, 2));
  }
  if (index === null) return;
  terminal.out(
    diagnostics.length === 0
      ? "\nThe posts have no problems."
      : `\nThe posts have ${countsInWords(diagnostics)}.`,
  );
}
