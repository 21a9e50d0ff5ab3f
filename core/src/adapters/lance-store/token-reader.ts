/** Token vectors by chunk, through the cache. */
import type { TokenVectors } from "../../model/chunk.ts";
import type { Manifest } from "../../model/manifest.ts";
import { stringsOf } from "./columns.ts";
import { inOrder, largeRowsWhere, rowsWhere } from "./lookup.ts";
import { tokensFrom } from "./rows.ts";
import type { Tables } from "./tables.ts";
import type { TokenCache } from "./token-cache.ts";

/** Reads token vectors by chunk id through the cache; embeddings never change, so it outlives the generation. */
export function tokenReader(
  cache: TokenCache,
  tables: Tables,
  manifest: Manifest,
): (ids: readonly string[]) => Promise<ReadonlyMap<string, TokenVectors>> {
  const place = manifest.tables.embeddings?.table ?? "";
  const keys = new Map<string, string>();
  return async (ids) => {
    const unknown = ids.filter((id) => !keys.has(id));
    const named = await rowsWhere(tables.chunks, "id", unknown, ["id", "key"], (result) => {
      const found = stringsOf(result, "key");
      return stringsOf(result, "id").map((id, row) => [id, found[row] ?? ""] as const);
    });
    for (const [id, key] of named) keys.set(id, key);

    const wanted = [...new Set(ids.flatMap((id) => keys.get(id) ?? []))];
    const held = new Map(wanted.map((key) => [key, cache.get(`${place}/${key}`)]));
    const missing = wanted.filter((key) => held.get(key) === undefined);
    for (const [key, tokens] of await largeRowsWhere(
      tables.embeddings,
      "key",
      missing,
      tokenColumns,
      (result) => [...tokensFrom(result)],
    )) {
      held.set(key, tokens);
      cache.set(`${place}/${key}`, tokens);
    }
    return inOrder(ids, (id) => held.get(keys.get(id) ?? "") ?? undefined);
  };
}

const tokenColumns = ["key", "ids", "offsets", "values", "dimensions", "scale"];
