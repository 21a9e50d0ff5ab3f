/** Filters as LanceDB wants them: SQL strings. The only place where a value becomes part of one. */
import type { FoldedFilter } from "../store-filter.ts";

/**
 * A string as an SQL literal. DataFusion, which reads it, knows no backslash escapes: doubling the quote is all
 * that standard SQL asks for.
 */
export function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** `column IN (…)`, or a condition that is never true for no values. */
export function isAnyOf(column: string, values: readonly string[]): string {
  return values.length === 0 ? "false" : `${column} IN (${values.map(quote).join(", ")})`;
}

/** Most values in one condition: longer lists are asked for in parts. */
const valuesMax = 1000;

/** As many conditions `column IN (…)` as it takes for all values; none for none. */
export function isAnyOfInParts(column: string, values: readonly string[]): readonly string[] {
  const parts = Math.ceil(values.length / valuesMax);
  return Array.from({ length: parts }, (_, part) =>
    isAnyOf(column, values.slice(part * valuesMax, (part + 1) * valuesMax)),
  );
}

/** The condition of a filter over the columns of the chunks table, or null when it sets none. */
export function filterCondition(filter: FoldedFilter): string | null {
  const conditions: string[] = [];
  if (filter.orgs !== null) conditions.push(hasAnyOf("orgs", filter.orgs));
  if (filter.tags !== null) conditions.push(hasAnyOf("tags", filter.tags));
  if (filter.post !== null) {
    conditions.push(`(post = ${quote(filter.post)} OR post_stem = ${quote(filter.post)})`);
  }
  if (filter.from !== null) conditions.push(`date >= ${quote(filter.from)}`);
  if (filter.to !== null) conditions.push(`date <= ${quote(filter.to)}`);
  return conditions.length === 0 ? null : conditions.join(" AND ");
}

function hasAnyOf(column: string, values: readonly string[]): string {
  return `array_has_any(${column}, [${values.map(quote).join(", ")}])`;
}
