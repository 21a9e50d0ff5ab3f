/** Settings from flags, environment and file, in that order, as one pure function from records of strings to values. */
import { Failure } from "./model/failure.ts";

export interface Config {
  /** Content folders, absolute. */
  readonly content: readonly string[];
  /** Folder of the index (absolute), or a URI that LanceDB opens. */
  readonly index: string;
  /** Folder of a model (absolute), the name of one in `data/models`, or a Hugging Face id. */
  readonly model: string;
  readonly siteUrl: string | null;
  readonly token: string | null;
  readonly webhookSecret: string | null;
  /** Whether a push to the webhook runs `git pull` in the content folders. */
  readonly pullOnPush: boolean;
  readonly host: string;
  readonly port: number;
  /** Names beyond those of this machine under which the server may be asked (`search.lan`), or `*` for any. */
  readonly allowedHosts: readonly string[] | "*";
  /** Origins whose pages may read the API (`https://blog.example`), or `*`. */
  readonly allowedOrigins: readonly string[] | "*";
  /** Whether a reverse proxy stands before the server, and sets `X-Forwarded-For`, `-Proto` and `-Host` itself. */
  readonly trustProxy: boolean;
  readonly drafts: boolean;
  /** Milliseconds between looks at the files, for folders that send no events (network shares); null for events. */
  readonly pollMs: number | null;
  /** A glossary of one's own, added to the built-in one; absolute. */
  readonly glossary: string | null;
  /** Concepts of one's own with their everyday descriptions, added to the built-in ones; absolute. */
  readonly lexicon: string | null;
  /** Spelling of an org to the spelling that is kept, both as written. */
  readonly orgAliases: Readonly<Record<string, string>>;
}

export type SettingSource = "flag" | "environment" | "file" | "default";

/** One effective setting, as `nonmun doctor` prints it. Secrets are told as set or not set. */
export interface Setting {
  readonly name: keyof Config;
  readonly variable: string | null;
  readonly shown: string;
  readonly source: SettingSource;
}

export interface ConfigSources {
  readonly flags: Readonly<Record<string, string | readonly string[] | boolean | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What `nonmun.config.json` holds, parsed, and where it is for messages; null when there is none. */
  readonly file: { readonly path: string; readonly value: unknown } | null;
  /** Defaults that depend on where the program is installed. */
  readonly defaults: { readonly content: string; readonly index: string; readonly model: string };
  /** Makes a path absolute: those of flags and environment from where the person is, the file's from its folder. */
  readonly resolve: (path: string, source: SettingSource) => string;
}

export interface ParsedConfig {
  readonly config: Config;
  readonly settings: readonly Setting[];
}

const variables: Readonly<Partial<Record<keyof Config, string>>> = {
  content: "NONMUN_CONTENT",
  index: "NONMUN_INDEX",
  model: "NONMUN_MODEL",
  siteUrl: "NONMUN_SITE_URL",
  token: "NONMUN_TOKEN",
  webhookSecret: "NONMUN_WEBHOOK_SECRET",
  pullOnPush: "NONMUN_PULL_ON_PUSH",
  host: "HOST",
  port: "PORT",
  allowedHosts: "NONMUN_ALLOWED_HOSTS",
  allowedOrigins: "NONMUN_ALLOWED_ORIGINS",
  trustProxy: "NONMUN_TRUST_PROXY",
  drafts: "NONMUN_DRAFTS",
  pollMs: "NONMUN_POLL_MS",
  glossary: "NONMUN_GLOSSARY",
  lexicon: "NONMUN_LEXICON",
};
const secrets: ReadonlySet<keyof Config> = new Set(["token", "webhookSecret"]);
const names: readonly (keyof Config)[] = [
  "content",
  "index",
  "model",
  "siteUrl",
  "token",
  "webhookSecret",
  "pullOnPush",
  "host",
  "port",
  "allowedHosts",
  "allowedOrigins",
  "trustProxy",
  "drafts",
  "pollMs",
  "glossary",
  "lexicon",
  "orgAliases",
];

/**
 * Reads every setting from the first source that has it.
 *
 * @throws Failure `bad-config` that names the setting, where it came from and what it should look like.
 */
export function parseConfig(sources: ConfigSources): ParsedConfig {
  const file = fileRecord(sources.file);
  const settings: Setting[] = [];

  function take<T>(name: keyof Config, fallback: T, read: (value: unknown, source: SettingSource) => T): T {
    const [raw, source] = find(name);
    const value = raw === undefined ? fallback : read(raw, source);
    settings.push({ name, variable: variables[name] ?? null, shown: show(name, value), source });
    return value;
  }

  function find(name: keyof Config): readonly [unknown, SettingSource] {
    const flag = sources.flags[name];
    if (flag !== undefined && !(Array.isArray(flag) && flag.length === 0)) return [flag, "flag"];
    const variable = variables[name];
    const set = variable === undefined ? undefined : sources.environment[variable];
    if (set !== undefined && set !== "") return [set, "environment"];
    if (file[name] !== undefined) return [file[name], "file"];
    return [undefined, "default"];
  }

  const wrong = (name: keyof Config, source: SettingSource, wanted: string): Failure =>
    new Failure("bad-config", `The setting "${name}" from the ${describe(source)} is not ${wanted}.`, {
      advice: `Give ${wanted}${variables[name] === undefined ? "" : `, for example in ${variables[name]}`}.`,
      subject: name,
    });
  const text = (name: keyof Config) => (value: unknown, source: SettingSource) => {
    if (typeof value !== "string" || value.trim() === "") throw wrong(name, source, "a text");
    return value.trim();
  };
  const path = (name: keyof Config) => (value: unknown, source: SettingSource) =>
    sources.resolve(text(name)(value, source), source);
  const flag = (name: keyof Config) => (value: unknown, source: SettingSource) => {
    if (value === true || value === "1" || value === "true" || value === "yes") return true;
    if (value === false || value === "0" || value === "false" || value === "no") return false;
    throw wrong(name, source, "true or false");
  };

  const config: Config = {
    content: take("content", [sources.defaults.content], (value, source) => {
      if (Array.isArray(value) && value.length === 0) throw wrong("content", source, "a folder or several");
      return list(value).map((item) => path("content")(item, source));
    }),
    index: take("index", sources.defaults.index, (value, source) => {
      const place = text("index")(value, source);
      return isUri(place) ? place : sources.resolve(place, source);
    }),
    model: take("model", sources.defaults.model, (value, source) => {
      const model = text("model")(value, source);
      return isModelName(model) ? model : sources.resolve(model, source);
    }),
    siteUrl: take<string | null>("siteUrl", null, (value, source) => {
      const address = text("siteUrl")(value, source);
      if (!/^https?:\/\/[^\s]+$/iu.test(address)) {
        throw wrong("siteUrl", source, "a web address such as https://blog.example/docs");
      }
      return address;
    }),
    token: take<string | null>("token", null, text("token")),
    webhookSecret: take<string | null>("webhookSecret", null, text("webhookSecret")),
    pullOnPush: take("pullOnPush", false, flag("pullOnPush")),
    host: take("host", "127.0.0.1", text("host")),
    port: take("port", 4321, (value, source) =>
      whole(value, 0, 65_535, () => wrong("port", source, "a port from 0 to 65535")),
    ),
    allowedHosts: take("allowedHosts", [], (value, source) =>
      readNames(value, isHostName, () =>
        wrong("allowedHosts", source, "a host name such as search.lan, or *"),
      ),
    ),
    allowedOrigins: take("allowedOrigins", [], (value, source) =>
      readNames(value, isOrigin, () =>
        wrong("allowedOrigins", source, "an origin such as https://blog.example, or *"),
      ),
    ),
    trustProxy: take("trustProxy", false, flag("trustProxy")),
    drafts: take("drafts", false, flag("drafts")),
    pollMs: take<number | null>("pollMs", null, (value, source) =>
      whole(value, 50, 3_600_000, () => wrong("pollMs", source, "a number of milliseconds, 50 or more")),
    ),
    glossary: take<string | null>("glossary", null, path("glossary")),
    lexicon: take<string | null>("lexicon", null, path("lexicon")),
    orgAliases: take("orgAliases", {}, (value, source) => {
      if (!isStringRecord(value)) throw wrong("orgAliases", source, "an object of spelling to kept spelling");
      return value;
    }),
  };
  return { config, settings };
}

/** Whether an index lies behind a scheme (`s3://…`, `db://…`), rather than in a folder. */
export function isUri(place: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//iu.test(place);
}

/**
 * Whether `model` is a name (`nonmun-e5-small-ko-en`) or a Hugging Face id (`owner/name`), rather than the path
 * of a folder. A folder of that form is written `./owner/name`.
 */
export function isModelName(model: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]*(?:\/[\p{L}\p{N}][\p{L}\p{N}._-]*)?$/u.test(model);
}

function fileRecord(file: ConfigSources["file"]): Readonly<Record<string, unknown>> {
  if (file === null) return {};
  const { path, value } = file;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Failure("bad-config", `${path} does not hold a JSON object.`, {
      advice: 'Write settings as { "content": "…", "siteUrl": "…" }.',
      subject: path,
    });
  }
  const unknown = Object.keys(value).find((key) => !names.includes(key as keyof Config));
  if (unknown !== undefined) {
    throw new Failure("bad-config", `${path} has a setting "${unknown}", which does not exist.`, {
      advice: `The settings are: ${names.join(", ")}.`,
      subject: unknown,
    });
  }
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function whole(value: unknown, least: number, most: number, wrong: () => Failure): number {
  const number =
    typeof value === "number" ? value : /^\d+$/u.test(String(value)) ? Number(value) : Number.NaN;
  if (!Number.isInteger(number) || number < least || number > most) throw wrong();
  return number;
}

/** Names that each pass `isRight`, given one by one or in one text with commas between them; `*` alone means any. */
function readNames(
  value: unknown,
  isRight: (name: string) => boolean,
  wrong: () => Failure,
): readonly string[] | "*" {
  const names = list(value).flatMap((item) => {
    if (typeof item !== "string") throw wrong();
    return item.split(/[\s,]+/u).filter((name) => name !== "");
  });
  if (names.length === 1 && names[0] === "*") return "*";
  if (!names.every(isRight)) throw wrong();
  return names;
}

function isHostName(name: string): boolean {
  return /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?$/u.test(name);
}

function isOrigin(name: string): boolean {
  return /^https?:\/\/[^\s/?#@*]+$/u.test(name);
}

function isStringRecord(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === "string")
  );
}

function describe(source: SettingSource): string {
  return { flag: "command line", environment: "environment", file: "config file", default: "defaults" }[
    source
  ];
}

function show(name: keyof Config, value: unknown): string {
  if (value === null) return "not set";
  if (secrets.has(name)) return "set";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  if (typeof value === "object") {
    const { length } = Object.keys(value);
    return length === 1 ? "1 entry" : `${length} entries`;
  }
  return String(value);
}
