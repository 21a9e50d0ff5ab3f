/** Rows by the values of a column. */
import type { Table } from "@lancedb/lancedb";
import { bytesOf, type Rows } from "./columns.ts";
import { isAnyOfInParts, quote } from "./sql.ts";

/** The rows whose `column` is one of `values`, made by `from`. */
export async function rowsWhere<T>(
  table: Table,
  column: string,
  values: readonly string[],
  select: readonly string[],
  from: (result: Rows) => readonly T[],
): Promise<T[]> {
  const found: T[] = [];
  for (const condition of isAnyOfInParts(column, values)) {
    const query = table
      .query()
      .where(condition)
      .select([...select]);
    found.push(...from(await query.toArrow()));
  }
  return found;
}

/**
 * As `rowsWhere`, for columns that are large. Which rows they are is asked first: where rows lie outside the index of `column`, LanceDB
 * reads everything that is selected of each of them.
 */
export async function largeRowsWhere<T>(
  table: Table,
  column: string,
  values: readonly string[],
  select: readonly string[],
  from: (result: Rows) => readonly T[],
): Promise<T[]> {
  const found: T[] = [];
  for (const condition of isAnyOfInParts(column, values)) {
    const named = await table.query().where(condition).select([column]).withRowId().toArrow();
    const rowIds = [...(named.getChild("_rowid") ?? [])] as bigint[];
    if (rowIds.length === 0) continue;
    found.push(
      ...from(
        await table
          .takeRowIds(rowIds)
          .select([...select])
          .toArrow(),
      ),
    );
  }
  return found;
}

/** The bytes kept under a name in the table `state`, or null. */
export async function stateBytes(state: Table, name: string): Promise<Uint8Array | null> {
  const result = await state
    .query()
    .where(`name = ${quote(name)}`)
    .select(["bytes"])
    .toArrow();
  return bytesOf(result, "bytes")[0] ?? null;
}

/** What `find` knows of each id, in the order of the ids. */
export function inOrder<T>(
  ids: readonly string[],
  find: (id: string) => T | undefined,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const id of ids) {
    const value = find(id);
    if (value !== undefined) found.set(id, value);
  }
  return found;
}
