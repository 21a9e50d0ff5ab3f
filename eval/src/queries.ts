/** Retrieval queries with judgements, from JSON lines: `{"id", "query", "lang", "relevant", "filters"?}`. */
import { Failure } from "@nonmun/core/model/failure";
import type { Judgements } from "./metrics.ts";

export const languages = ["ko", "en", "mixed", "exact"] as const;
export type Language = (typeof languages)[number];

export interface EvalQuery {
  readonly id: string;
  readonly query: string;
  readonly lang: Language;
  /** Empty for a query that nothing answers. */
  readonly relevant: Judgements;
  readonly org: string | null;
}

/** A file of queries; `name` is how reports call it. */
export interface QuerySet {
  readonly name: string;
  readonly queries: readonly EvalQuery[];
}

/** Problems named in one message; more would hide the first. */
const namedProblems = 5;

/**
 * Reads a file of queries. Blank lines are allowed.
 *
 * @throws Failure `bad-parameter` that names the file, the lines and what is wrong in each.
 */
export function parseQueries(text: string, name: string): QuerySet {
  const queries: EvalQuery[] = [];
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [i, line] of text.split(/\r?\n/u).entries()) {
    const content = line.replace(/^\ufeff/u, "").trim();
    if (content === "") continue;
    const query = parseQuery(content);
    const problem =
      typeof query === "string" ? query : seen.has(query.id) ? `the id ${query.id} is taken` : null;
    if (problem !== null) problems.push(`line ${i + 1}: ${problem}`);
    if (typeof query === "string") continue;
    seen.add(query.id);
    queries.push(query);
  }
  if (problems.length === 0 && queries.length === 0) problems.push("it holds no query");
  if (problems.length > 0) throw badFile(name, problems);
  return { name, queries };
}

/** @returns the query, or what is wrong. */
function parseQuery(line: string): EvalQuery | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `not JSON (${error instanceof Error ? error.message : String(error)})`;
  }
  if (!isRecord(value)) return "not an object";
  const { id, query, lang, relevant, filters } = value;
  if (typeof id !== "string" || id === "") return '"id" must be a text';
  if (typeof query !== "string" || query.trim() === "") return '"query" must be a text';
  const language = languages.find((known) => known === lang);
  if (language === undefined) return `"lang" must be one of ${languages.join(", ")}`;
  const judgements = parseJudgements(relevant);
  if (judgements === null) return '"relevant" must map paper ids to whole grades of 0 or more';
  const org = filters === undefined ? null : parseOrg(filters);
  if (org === undefined) return '"filters" may hold "org", a text, and nothing else';
  return { id, query, lang: language, relevant: judgements, org };
}

function parseJudgements(value: unknown): Judgements | null {
  if (!isRecord(value)) return null;
  const grades: Record<string, number> = {};
  for (const [id, grade] of Object.entries(value)) {
    if (typeof grade !== "number" || !Number.isInteger(grade) || grade < 0) return null;
    if (grade > 0) grades[id] = grade;
  }
  return grades;
}

function parseOrg(filters: unknown): string | undefined {
  if (!isRecord(filters) || Object.keys(filters).some((key) => key !== "org")) return undefined;
  return typeof filters.org === "string" && filters.org !== "" ? filters.org : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function badFile(name: string, problems: readonly string[]): Failure {
  const more = problems.length > namedProblems ? `; and ${problems.length - namedProblems} more` : "";
  return new Failure(
    "bad-parameter",
    `${name} is no file of queries: ${problems.slice(0, namedProblems).join("; ")}${more}.`,
    {
      advice:
        'Write one object a line: {"id": "q1", "query": "…", "lang": "ko", "relevant": {"2510.24514": 2}}.',
      subject: name,
    },
  );
}
