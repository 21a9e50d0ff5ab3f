/** What every command shares: the flags of the settings, and the context that it runs in. */
import type { Config } from "@nonmun/core/config";
import type { Command } from "commander";
import { type LoadedSettings, loadSettings, type SettingFlags } from "./settings.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

export interface OpenContext {
  readonly config: Config;
  readonly loaded: LoadedSettings;
  readonly terminal: Terminal;
  /** Aborted by the first Ctrl-C or SIGTERM; the second ends the process at once. */
  readonly signal: AbortSignal;
}

export interface CommandContext {
  /** Reads the settings for one command. */
  open(flags: SettingFlags): OpenContext;
  /** Sets the exit code of a command that ran to its end with a bad result. */
  exitWith(code: number): void;
}

export function createContext(): CommandContext {
  return {
    open(flags) {
      const loaded = loadSettings(flags);
      return {
        config: loaded.config,
        loaded,
        terminal: createTerminal(flags.quiet === true),
        signal: stopSignal(),
      };
    },
    exitWith(code) {
      process.exitCode = code;
    },
  };
}

export function withSettings(command: Command): Command {
  return command
    .option("--content <folder>", "content folder, may be given again (NONMUN_CONTENT)", collect)
    .option("--index <place>", "folder or URI of the index (NONMUN_INDEX)")
    .option("--model <model>", "folder of a model, or a Hugging Face id (NONMUN_MODEL)")
    .option("--glossary <file>", "a glossary of your own, added to the built-in one (NONMUN_GLOSSARY)")
    .option("--lexicon <file>", "concepts of your own, added to the built-in ones (NONMUN_LEXICON)")
    .option("--drafts", "take in posts that are drafts (NONMUN_DRAFTS)")
    .option("--config <file>", "config file, instead of nonmun.config.json")
    .option("--quiet", "say nothing but data and errors");
}

/** For an option that may be given again. Unlike commander's own lists it never takes the argument that follows. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(name === "SIGINT" ? 130 : 143);
    controller.abort(name);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
