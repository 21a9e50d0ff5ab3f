/** Kinds of query parameters. An empty one counts as not given: plain forms send those. */
import { z } from "@hono/zod-openapi";
import { Failure } from "@nonmun/core/model/failure";
import type { Context } from "hono";
import { nearestName } from "./nearest-name.ts";

/** The parameters of a route. Any other is refused, for a filter that is misspelt must not silently filter nothing. */
export function parameters<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? unknownParameter(issue.keys[0] ?? "", known) : undefined,
  });
}

/** A parameter that may stand once; an empty one counts as not given. */
export function once<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value, context) => {
    if (Array.isArray(value)) {
      context.addIssue({ code: "custom", message: "may stand only once" });
      return z.NEVER;
    }
    return value === "" ? undefined : value;
  }, schema);
}

/** A parameter that may repeat; blanks around values are dropped, and empty values. */
export function several<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(toList, schema);
}

export function wholeNumber(min: number, max: number, preset: number) {
  const sentence = `must be a whole number from ${min} to ${max}`;
  return once(
    z
      .string()
      .regex(/^\d{1,9}$/u, { error: sentence })
      .transform(Number)
      .refine((value) => value >= min && value <= max, { error: sentence })
      .default(preset)
      .openapi({ type: "integer", minimum: min, maximum: max, default: preset }),
  );
}

export function flag(description: string) {
  return once(
    z
      .enum(["true", "false", "1", "0"], { error: "must be one of true, false, 1, 0" })
      .transform((value) => value === "true" || value === "1")
      .default(false)
      .openapi({ type: "boolean", default: false, description }),
  );
}

/**
 * The parameters of a route that is registered by hand.
 *
 * @throws Failure `bad-parameter`.
 */
export function readQuery<Schema extends z.ZodType>(c: Context, schema: Schema): z.output<Schema> {
  const given = Object.entries(c.req.queries()).map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ]);
  const read = schema.safeParse(Object.fromEntries(given));
  if (!read.success) throw parameterFailure(read.error);
  return read.data;
}

/** The first thing that is wrong, as a failure that names the parameter. */
export function parameterFailure(error: z.ZodError): Failure {
  const issue = error.issues[0];
  if (issue?.code === "unrecognized_keys") {
    return new Failure("bad-parameter", issue.message, { subject: issue.keys[0] ?? "" });
  }
  const name = String(issue?.path[0] ?? "");
  return new Failure("bad-parameter", `\`${name}\` ${wrong(issue)}.`, { subject: name });
}

function unknownParameter(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  if (known.length === 0) return `There is no parameter \`${name}\`: this address takes none.`;
  const advice = nearest === null ? `Known ones: ${known.join(", ")}.` : `Did you mean \`${nearest}\`?`;
  return `There is no parameter \`${name}\`. ${advice}`;
}

function wrong(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return "is wrong";
  if (issue.code === "invalid_value") return `must be one of ${issue.values.join(", ")}`;
  return issue.message;
}

function toList(value: unknown): unknown {
  if (value === undefined) return undefined;
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map((one) => (typeof one === "string" ? one.trim() : one)).filter((one) => one !== "");
}
