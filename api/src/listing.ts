/** Lists that are whole for most corpora, and come in pages for those that outgrow one answer. */
import type { z } from "@hono/zod-openapi";
import { parameters, wholeNumber } from "./parameters.ts";

/** The parameters of a list: `limit` is by default the most there can be, so that a list is whole while it fits. */
export function listParameters(limitMax: number) {
  return parameters({ limit: wholeNumber(1, limitMax, limitMax), offset: wholeNumber(0, 10_000_000, 0) });
}

export function pageOf<Item>(
  items: readonly Item[],
  { limit, offset }: z.output<ReturnType<typeof listParameters>>,
): readonly Item[] {
  return items.slice(offset, offset + limit);
}
