/**
 * The lock of an index on object storage: a queue in a table. Who wants the lock appends a claim and reads the table
 * again: the claim that was committed first holds it, the others take theirs back. Appends to a LanceDB table come
 * one after the other even from several hosts, where creating a table is not exclusive (of 8 that create the same
 * table at once, 3 are told that they did).
 */
import type { Connection, Table } from "@lancedb/lancedb";
import { numbersOf, stringsOf, toTable } from "./columns.ts";
import { isConflict, isTableMissing } from "./failures.ts";
import type { Holder, LockSlot } from "./lock.ts";
import { lockSchema } from "./schemas.ts";
import { quote } from "./sql.ts";

const name = "writer_lock";
const conflictsMost = 16;

export function tableSlot(connection: Connection): LockSlot {
  const append = async (table: Table, kind: "claim" | "beat", holder: Holder): Promise<void> => {
    await table.add(toTable(lockSchema, [{ kind, token: holder.token, json: JSON.stringify(holder) }]));
  };
  const remove = async (token: string): Promise<void> => {
    await withTable(connection, (table) => table.delete(`token = ${quote(token)}`));
  };
  const read = (): Promise<Holder | null> => withTable(connection, firstClaim);
  return {
    read,
    claim: (holder) =>
      withTableAgain(connection, async (table) => {
        const first = await firstClaim(table);
        if (first !== null) return first.token === holder.token;
        await append(table, "claim", holder);
        if ((await firstClaim(table))?.token === holder.token) return true;
        await table.delete(`token = ${quote(holder.token)}`);
        return false;
      }),
    evict: (stale) => remove(stale.token),
    beat: (holder) =>
      withTable(connection, async (table) => {
        if ((await firstClaim(table))?.token === holder.token) await append(table, "beat", holder);
      }),
    release: remove,
  };
}

/**
 * Of several that find no table, each creates one, and what the others do to theirs at that moment is refused (8 at once: in
 * 27 of 100 tries). Each refusal means that another one got on, so there are fewer of them than there are writers.
 */
async function withTableAgain<T>(connection: Connection, work: (table: Table) => Promise<T>): Promise<T> {
  for (let left = conflictsMost; ; left -= 1) {
    try {
      return await withTable(connection, work);
    } catch (cause) {
      if (left === 0 || !isConflict(cause)) throw cause;
    }
  }
}

async function withTable<T>(connection: Connection, work: (table: Table) => Promise<T>): Promise<T> {
  const table = await openOrCreate(connection);
  try {
    return await work(table);
  } finally {
    table.close();
  }
}

async function openOrCreate(connection: Connection): Promise<Table> {
  try {
    return await connection.openTable(name);
  } catch (cause) {
    if (!isTableMissing(cause)) throw cause;
    return await connection.createEmptyTable(name, lockSchema, { mode: "create", existOk: true });
  }
}

/** The claim that was committed first, with its latest beat. Row ids grow with the commits. */
async function firstClaim(table: Table): Promise<Holder | null> {
  await table.checkoutLatest();
  const result = await table.query().select(["kind", "json"]).withRowId().toArrow();
  const kinds = stringsOf(result, "kind");
  const rowIds = numbersOf(result, "_rowid");
  const rows = stringsOf(result, "json")
    .map((json, row) => ({
      kind: kinds[row],
      rowId: rowIds[row] ?? 0,
      holder: JSON.parse(json) as Holder,
    }))
    .sort((a, b) => a.rowId - b.rowId);
  const first = rows.find((row) => row.kind === "claim")?.holder;
  if (first === undefined) return null;
  const beats = rows.filter((row) => row.holder.token === first.token).map((row) => row.holder.beatAt);
  return { ...first, beatAt: Math.max(...beats) };
}
