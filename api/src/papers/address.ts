/** Reads which paper, and what of it, an address below `/api/papers/` names. Ids contain slashes. */
import { Failure } from "@nonmun/core/model/failure";
import { compose } from "@nonmun/core/text/normalize";

export type PaperPart = "review" | "related" | "bibtex";

/** One way to read an address: the id, and what of that paper is asked for. */
export interface PaperAddress {
  readonly id: string;
  readonly part: PaperPart;
}

/**
 * The readings of `rest` (what follows `/api/papers/`, still percent-encoded), to be tried in order. An id may be
 * written with plain slashes or as one segment with `%2F`. A paper whose own slug is `related` or `bibtex` wins over
 * that part of a paper with the shorter id; written with `%2F` an address has one reading alone.
 *
 * @throws Failure `bad-parameter` when the percent-encoding is broken.
 */
export function readPaperAddress(rest: string): readonly PaperAddress[] {
  const segments = rest.split("/");
  const last = segments.at(-1) ?? "";
  const whole: PaperAddress = { id: decode(segments), part: "review" };
  if (segments.length < 2 || !isPart(last)) return [whole];
  const partOf: PaperAddress = { id: decode(segments.slice(0, -1)), part: last };
  const encodedId = segments.length === 2 && /%2f/iu.test(segments[0] ?? "");
  return encodedId ? [partOf] : [whole, partOf];
}

function isPart(segment: string): segment is "related" | "bibtex" {
  return segment === "related" || segment === "bibtex";
}

function decode(segments: readonly string[]): string {
  try {
    return compose(segments.map(decodeURIComponent).join("/"));
  } catch (cause) {
    throw new Failure("bad-parameter", "`id` is not valid percent-encoded UTF-8.", { subject: "id", cause });
  }
}
