/**
 * The lock of an index on object storage: a table that is created to take it and dropped to give it back. LanceDB
 * writes a table's first version with a conditional put, so two writers at the same moment can't both create it.
 * Eviction of a dead holder is not atomic: the writer checks that it still holds the lock before it publishes.
 */
import type { Connection } from "@lancedb/lancedb";
import { stringsOf, toTable } from "./columns.ts";
import { isTableMissing } from "./failures.ts";
import type { Holder, LockSlot } from "./lock.ts";
import { lockSchema } from "./schemas.ts";

const name = "writer_lock";

export function tableSlot(connection: Connection): LockSlot {
  const rowsOf = (holder: Holder) => toTable(lockSchema, [{ json: JSON.stringify(holder) }]);
  const read = async (): Promise<Holder | null> => {
    try {
      const table = await connection.openTable(name);
      const [json] = stringsOf(await table.query().select(["json"]).toArrow(), "json");
      table.close();
      return json === undefined ? null : (JSON.parse(json) as Holder);
    } catch (cause) {
      if (isTableMissing(cause)) return null;
      throw cause;
    }
  };
  return {
    read,
    async claim(holder) {
      try {
        (await connection.createTable(name, rowsOf(holder))).close();
        return true;
      } catch (cause) {
        if (/already exists|conflict/iu.test(String(cause))) return false;
        throw cause;
      }
    },
    async evict(stale) {
      if ((await read())?.token === stale.token) await connection.dropTable(name);
    },
    async beat(holder) {
      if ((await read())?.token !== holder.token) return;
      const table = await connection.openTable(name);
      await table.add(rowsOf(holder), { mode: "overwrite" });
      table.close();
    },
    async release(token) {
      if ((await read())?.token === token) await connection.dropTable(name);
    },
  };
}
