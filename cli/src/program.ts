/** The command line: every command by name. */
import { Command } from "commander";
import type { CommandContext } from "./command.ts";
import { addIndexCommand } from "./commands/index-command.ts";
import { addServeCommand } from "./commands/serve-command.ts";
import { addWatchCommand } from "./commands/watch-command.ts";

/** Throws commander's error in place of exiting; an unknown flag or command names the nearest one. */
export function createProgram(context: CommandContext): Command {
  const program = new Command("nonmun")
    .description("Finds paper reviews by meaning: indexes a folder of posts, searches and serves it.")
    .version("0.1.0")
    .showSuggestionAfterError(true)
    .showHelpAfterError("See --help for what can be given.")
    .enablePositionalOptions();
  addIndexCommand(program, context);
  addWatchCommand(program, context);
  addServeCommand(program, context);
  for (const command of [program, ...program.commands]) command.exitOverride();
  return program;
}
