/** The artifact `map-layout`, as the indexer writes it: JSON, one place per paper. */
import { z } from "@hono/zod-openapi";

/** 2-D place of a paper; both coordinates from 0 to 1. */
export interface LayoutPoint {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

const layout = z.array(z.object({ id: z.string(), x: z.number(), y: z.number() }));

/** @throws ZodError or SyntaxError when the bytes are no layout: a bug of the indexer, not a state to hide. */
export function readLayout(bytes: Uint8Array): readonly LayoutPoint[] {
  return layout.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
