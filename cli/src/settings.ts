/** Reads the settings: the one place that looks at the environment and at `nonmun.config.json`. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Config, type ParsedConfig, parseConfig } from "@nonmun/core/config";
import { Failure } from "@nonmun/core/model/failure";
import { fold } from "@nonmun/core/text/normalize";

/** The flags that every command takes, as commander gives them. */
export interface SettingFlags {
  readonly content?: readonly string[];
  readonly index?: string;
  readonly model?: string;
  readonly config?: string;
  readonly siteUrl?: string;
  readonly host?: string;
  readonly port?: string;
  readonly token?: string;
  readonly allowedHosts?: readonly string[];
  readonly allowedOrigins?: readonly string[];
  readonly trustProxy?: boolean;
  readonly drafts?: boolean;
  readonly pollMs?: string;
  readonly glossary?: string;
  readonly lexicon?: string;
  readonly quiet?: boolean;
}

export interface LoadedSettings extends ParsedConfig {
  /** The config file that was read, or null. */
  readonly file: string | null;
}

/** Root of the repository, where the sample posts and the model lie. */
export const home = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/u, "");

const fileName = "nonmun.config.json";

/** @throws Failure `bad-config`. */
export function loadSettings(flags: SettingFlags): LoadedSettings {
  // Under `npm start` the working directory is the repository; npm tells where the person was.
  const base =
    process.env.npm_lifecycle_event === undefined ? process.cwd() : (process.env.INIT_CWD ?? process.cwd());
  const path = configFile(flags.config, base);
  const { config: _config, quiet: _quiet, ...settings } = flags;
  const parsed = parseConfig({
    flags: settings,
    environment: process.env,
    file: path === null ? null : { path, value: readJson(path) },
    defaults: {
      content: join(home, "data", "posts"),
      index: join(home, "data", "index"),
      model: "nonmun-e5-small-ko-en",
    },
    resolve: (place, source) =>
      resolve(source === "file" && path !== null ? dirname(path) : base, expandHome(place)),
  });
  return { ...parsed, file: path };
}

/** Org spellings as the reader wants them: folded on both sides, however they are written in the settings. */
export function orgAliases(config: Config): ReadonlyMap<string, string> {
  return new Map(Object.entries(config.orgAliases).map(([from, to]) => [fold(from), fold(to)]));
}

function configFile(named: string | undefined, base: string): string | null {
  if (named !== undefined) {
    const path = resolve(base, expandHome(named));
    if (existsSync(path)) return path;
    throw new Failure("bad-config", `There is no config file ${path}.`, {
      advice: "Check --config.",
      subject: path,
    });
  }
  const found = [join(base, fileName), join(home, fileName)].find((path) => existsSync(path));
  return found ?? null;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("bad-config", `${path} can't be read: ${reason}`, {
      advice: "It has to be one JSON object, in UTF-8.",
      subject: path,
      cause,
    });
  }
}

function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}
