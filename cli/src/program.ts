/** The command line: every command by name. */
import { Command } from "commander";
import type { CommandContext } from "./command.ts";
import { addBenchCommand } from "./commands/bench-command.ts";
import { addDoctorCommand } from "./commands/doctor-command.ts";
import { addEvalCommand } from "./commands/eval-command.ts";
import { addExportCommand } from "./commands/export-command.ts";
import { addIndexCommand } from "./commands/index-command.ts";
import { addMcpCommand } from "./commands/mcp-command.ts";
import { addSearchCommand } from "./commands/search-command.ts";
import { addServeCommand } from "./commands/serve-command.ts";
import { addShowCommand } from "./commands/show-command.ts";
import { addStatusCommand } from "./commands/status-command.ts";
import { addWatchCommand } from "./commands/watch-command.ts";

const commands = [
  addIndexCommand,
  addWatchCommand,
  addServeCommand,
  addSearchCommand,
  addShowCommand,
  addStatusCommand,
  addDoctorCommand,
  addEvalCommand,
  addBenchCommand,
  addExportCommand,
  addMcpCommand,
] as const;

/** Throws commander's error in place of exiting; an unknown flag or command names the nearest one. */
export function createProgram(context: CommandContext): Command {
  const program = new Command("nonmun")
    .description("Finds paper reviews by meaning: indexes a folder of posts, searches and serves it.")
    .version("0.1.0")
    .showSuggestionAfterError(true)
    .showHelpAfterError("See --help for what can be given.");
  for (const add of commands) add(program, context);
  for (const command of [program, ...program.commands]) command.exitOverride();
  return program;
}
