/** The error answers of a route, as its OpenAPI description names them. */
import { problem } from "../schemas/status.ts";

export const badParameter = { 400: described("A parameter is wrong; `parameter` names it.") } as const;
export const unauthorized = { 401: described("The token or signature is missing or wrong.") } as const;
export const notFound = { 404: described("There is no such thing.") } as const;
export const readOnly = { 409: described("Another process writes this index.") } as const;
export const forbidden = { 403: described("A page of another site may not ask this.") } as const;
export const tooLarge = { 413: described("The body is too large.") } as const;
export const tooMany = {
  429: described("Too many requests; `Retry-After` says for how many seconds."),
} as const;
export const noIndex = {
  503: described("No index yet, or it can't be read; `detail` names the command."),
} as const;
/** The answer to a conditional request whose `If-None-Match` still holds. */
export const notModified = {
  304: { description: "Unchanged since the generation of `If-None-Match`." },
} as const;

function described(description: string) {
  return { description, content: { "application/problem+json": { schema: problem } } };
}
