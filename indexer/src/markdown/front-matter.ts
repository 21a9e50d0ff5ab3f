/** Reads the block of fields on top of a post: YAML between `---`, TOML between `+++`. */
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { findDate } from "./dates.ts";
import type { Reporter } from "./diagnostic-codes.ts";
import { oneLine } from "./inline-text.ts";
import type { LineIndex } from "./place.ts";

export type Fields = Readonly<Record<string, unknown>>;

export interface FrontMatter {
  readonly fields: Fields;
  /** Where the content begins: the offset after the closing fence, 0 when there is no front matter. */
  readonly end: number;
}

const none: FrontMatter = { fields: {}, end: 0 };

/**
 * Reads front matter. A block that doesn't parse is read line by line (`key: value`) and reported; a block between two
 * rules that holds no field at all is content, not front matter, and stays in the post.
 */
export function readFrontMatter(
  text: string,
  lines: LineIndex,
  { report }: Pick<Reporter, "report">,
): FrontMatter {
  const found =
    /^(?<fence>---|\+\+\+)[ \t]*\n(?<body>(?:(?!\k<fence>[ \t]*$).*\n)*?)\k<fence>[ \t]*(?:\n|$)/mu.exec(
      text.slice(0, searched),
    );
  if (found === null || found.index !== 0) return none;
  const { fence = "", body = "" } = found.groups ?? {};
  const end = found[0].length;
  if (body.trim() === "") return { fields: {}, end };
  try {
    const fields: unknown =
      fence === "---" ? parseYaml(body, { logLevel: "error", maxAliasCount: 50 }) : parseToml(body);
    if (isFields(fields)) return { fields, end };
    return none;
  } catch (error) {
    const salvaged = salvage(body);
    if (Object.keys(salvaged).length === 0) return none;
    report({
      code: "bad-front-matter",
      span: lines.span(0, end),
      message: `The front matter is not valid ${fence === "---" ? "YAML" : "TOML"}: ${firstLine(error)}`,
      advice:
        'Put quotes around a value that holds a colon or brackets: `title: "[논문] A: B"`. What could be read line by line was used.',
    });
    return { fields: salvaged, end };
  }
}

/** A field as one line of text, by the first of `names` that has one. */
export function textField(fields: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    const text = typeof value === "string" || typeof value === "number" ? oneLine(String(value)) : "";
    if (text !== "") return text;
  }
  return null;
}

/** A field as a list of texts: a list, one text with commas, or objects with a `name` or `label`. */
export function listField(fields: Fields, ...names: readonly string[]): readonly string[] {
  const values = names.flatMap((name) => asList(fields[name]));
  return [...new Set(values.map(oneLine).filter((value) => value !== ""))];
}

/** Front matter beyond this length is content. In UTF-16 code units. */
const searched = 65_536;

function asList(value: unknown): readonly string[] {
  if (typeof value === "string") return value.split(/[,;]/u);
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => (typeof item === "string" ? [item] : asList(item)));
  }
  if (isFields(value)) return asList(value.name ?? value.label ?? value.title);
  return [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function salvage(body: string): Fields {
  const fields: Record<string, unknown> = Object.create(null);
  for (const line of body.split("\n")) {
    const { key, value } =
      /^(?<key>[\p{L}_][\p{L}\p{N}_-]*)\s*[:=]\s*(?<value>.+)$/u.exec(line)?.groups ?? {};
    if (key === undefined || value === undefined) continue;
    const plain = value.trim().replace(/^(["'])(.*)\1$/u, "$2");
    const list = /^\[(?<items>[^[\]]*)\]$/u.exec(plain)?.groups?.items;
    fields[key] = list === undefined || key === "title" ? plain : list.split(",");
    if (key === "date") fields[key] = findDate(plain) ?? plain;
  }
  return fields;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split("\n")[0] ?? "").replace(/:$/u, ".");
}
