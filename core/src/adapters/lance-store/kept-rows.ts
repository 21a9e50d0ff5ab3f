/** Keeps rows that were read by id: a search shows and compares the same chunks again and again, and a generation never changes. */
import { createBoundedCache } from "../../model/bounded-cache.ts";

/** A function that looks up rows by id, and reads only those that it has not kept. */
export type Lookup<T> = (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;

/** @param most rows kept; those used longest ago leave first. */
export function keepRows<T>(most: number, read: Lookup<T>): Lookup<T> {
  const kept = createBoundedCache<{ readonly row: T }>(most);
  return async (ids) => {
    const found = new Map<string, T>();
    const missing: string[] = [];
    for (const id of ids) {
      const known = kept.get(id);
      if (known === undefined) missing.push(id);
      else found.set(id, known.row);
    }
    if (missing.length === 0) return found;
    for (const [id, row] of await read(missing)) {
      kept.set(id, { row });
      found.set(id, row);
    }
    return found;
  };
}
