/** A problem in a post, as data: what is wrong, where, and what to write instead. Bad content is never an exception. */
import type { Span } from "./place.ts";

export type Severity = "error" | "warning" | "info";

/**
 * One problem. `code` is stable and in kebab-case (`missing-image`); `message` says what is wrong and `advice` what
 * to write instead, each as a sentence; `file` is the path below the content folder, with `/`.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly advice: string;
  readonly file: string;
  readonly span: Span;
}
