/** The command line: every command by name. */
import { Command } from "commander";
import type { CommandContext } from "./command.ts";
import { nameNearestFlag } from "./nearest-flag.ts";

type AddCommand = (program: Command, context: CommandContext) => void;

/** Each command by its name. Loaded on demand: what reads posts takes 18 MB and half a second that a search can do without. */
const commands: ReadonlyMap<string, () => Promise<AddCommand>> = new Map([
  ["index", async () => (await import("./commands/index-command.ts")).addIndexCommand],
  ["learn", async () => (await import("./commands/learn-command.ts")).addLearnCommand],
  ["watch", async () => (await import("./commands/watch-command.ts")).addWatchCommand],
  ["serve", async () => (await import("./commands/serve-command.ts")).addServeCommand],
  ["search", async () => (await import("./commands/search-command.ts")).addSearchCommand],
  ["show", async () => (await import("./commands/show-command.ts")).addShowCommand],
  ["status", async () => (await import("./commands/status-command.ts")).addStatusCommand],
  ["doctor", async () => (await import("./commands/doctor-command.ts")).addDoctorCommand],
  ["eval", async () => (await import("./commands/eval-command.ts")).addEvalCommand],
  ["bench", async () => (await import("./commands/bench-command.ts")).addBenchCommand],
  ["export", async () => (await import("./commands/export-command.ts")).addExportCommand],
  ["publish", async () => (await import("./commands/publish-command.ts")).addPublishCommand],
  ["mcp", async () => (await import("./commands/mcp-command.ts")).addMcpCommand],
]);

/**
 * Loads the command that `name` names, or all of them when it names none, for help and for suggestions. The program throws
 * commander's error in place of exiting; an unknown flag or command names the nearest one.
 */
export async function createProgram(context: CommandContext, name?: string): Promise<Command> {
  const program = new Command("nonmun")
    .description("Finds paper reviews by meaning: indexes a folder of posts, searches and serves it.")
    .version("0.1.0")
    .showSuggestionAfterError(true)
    .showHelpAfterError("See --help for what can be given.");
  const named = commands.get(name ?? "");
  for (const load of named === undefined ? commands.values() : [named]) (await load())(program, context);
  // Asked for the help of a command that does not exist, commander would show its own as if that were an answer.
  if (named === undefined && name !== undefined && name !== "help" && !name.startsWith("-")) {
    program.helpOption(false);
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride();
    nameNearestFlag(command);
  }
  return program;
}
