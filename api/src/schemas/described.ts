/** Holds a schema against the wire type it describes, while compiling. */
import { z } from "@hono/zod-openapi";

/** `Wire` itself, if values of it satisfy `Schema`; an error otherwise. */
export type Described<Wire extends z.input<Schema>, Schema extends z.ZodType> = Wire;

/** An array that its reader does not change, as the contract has them. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).readonly();
}
