/** What one rendering carries along: its input, the places that nodes point back to, the problems found, the budgets. */
import type { Diagnostic, Severity } from "@nonmun/core/model/diagnostic";
import type { Asset } from "@nonmun/core/model/paper";
import type { Span } from "@nonmun/core/model/place";
import type { Position } from "unist";
import { renderLimits } from "./limits.ts";
import type { ReviewWords } from "./review-words.ts";
import type { MissingAsset, RenderInput } from "./types.ts";

export interface RenderContext {
  readonly input: RenderInput;
  readonly diagnostics: Diagnostic[];
  /** Places by the number that `data-ref` holds: parsing the author's HTML forgets positions. */
  readonly places: Span[];
  /** Raw nodes that we made ourselves (typeset formulae): they skip the rewriting of the author's HTML. */
  readonly ours: WeakSet<object>;
  /** Added to the depth of a heading of the post to get its depth on the page, whose `h1` is the paper's title. */
  readonly headingShift: number;
  readonly words: ReviewWords;
  /** Pictures that were asked for, by path: the same one shown a hundred times is read once. */
  readonly loaded: Map<string, Asset | MissingAsset>;
  readonly spent: { htmlTags: number; referencedUrls: number; formulae: number; assetBytes: number };
}

export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly advice: string;
}

export function createContext(
  input: RenderInput,
  { headingShift, words }: Pick<RenderContext, "headingShift" | "words">,
): RenderContext {
  return {
    input,
    diagnostics: [],
    places: [],
    ours: new WeakSet(),
    loaded: new Map(),
    headingShift,
    words,
    spent: { htmlTags: 0, referencedUrls: 0, formulae: 0, assetBytes: 0 },
  };
}

/** Notes a problem. The same sentence about the same place is said once; each code at most `diagnosticsPerCode` times. */
export function report(context: RenderContext, problem: Problem, span: Span): void {
  const ofCode = context.diagnostics.filter((each) => each.code === problem.code);
  if (ofCode.length >= renderLimits.diagnosticsPerCode) return;
  const known = (each: Diagnostic) =>
    each.message === problem.message && each.span.start.offset === span.start.offset;
  if (ofCode.some(known)) return;
  context.diagnostics.push({ ...problem, file: context.input.file, span });
}

/** Remembers where a node stands, and returns the number to put into its `data-ref`. */
export function refer(context: RenderContext, position: Position | undefined): string {
  context.places.push(spanOf(position));
  return String(context.places.length - 1);
}

/** The place that a `data-ref` names, or the start of the file for a node without one. */
export function placeOf(context: RenderContext, ref: unknown): Span {
  return context.places[Number(ref)] ?? spanOf(undefined);
}

export function spanOf(position: Position | undefined): Span {
  const point = (at: Position["start"] | undefined) => ({
    line: at?.line ?? 1,
    column: at?.column ?? 1,
    offset: at?.offset ?? 0,
  });
  return { start: point(position?.start), end: point(position?.end) };
}
