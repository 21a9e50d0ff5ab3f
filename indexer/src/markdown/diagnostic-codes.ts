/** The closed list of what the reader reports. Codes are stable; `docs/writing-posts.md` explains each to authors. */
import type { Diagnostic, Severity } from "@nonmun/core/model/diagnostic";
import type { Span } from "@nonmun/core/model/place";
import { oneLine } from "./inline-text.ts";

export const readerCodes = {
  "not-text": "error",
  "post-too-large": "error",
  "wrong-encoding": "warning",
  "unreadable-characters": "error",
  "bad-front-matter": "warning",
  "bad-date": "warning",
  "not-mdx": "warning",
  "simplified-block": "warning",
  "embedded-data": "warning",
  "paper-without-link": "warning",
  "id-mismatch": "warning",
  "unused-footnote": "info",
  "empty-review": "info",
  "unfinished-post": "info",
  "no-paper": "info",
  "empty-post": "warning",
  "duplicate-paper": "warning",
  "duplicate-id": "error",
  "similar-orgs": "warning",
  "reader-failed": "error",
} as const satisfies Readonly<Record<string, Severity>>;

export type ReaderCode = keyof typeof readerCodes;

export interface Report {
  readonly code: ReaderCode;
  readonly span: Span;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to write instead, as a sentence. */
  readonly advice: string;
  /** When this case is not as serious as the code usually is. */
  readonly severity?: Severity;
}

/** Collects the diagnostics of one file. */
export interface Reporter {
  report(problem: Report): void;
  /** Takes over what another room found in the same file. */
  add(diagnostics: readonly Diagnostic[]): void;
  readonly diagnostics: readonly Diagnostic[];
}

export function reporter(file: string): Reporter {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    add: (found) => {
      for (const one of found) diagnostics.push(quotable(one));
    },
    report: ({ code, span, message, advice, severity }) => {
      diagnostics.push(
        quotable({ code, severity: severity ?? readerCodes[code], message, advice, file, span }),
      );
    },
  };
}

/** What a sentence quotes from a post may not control the terminal that it is printed on. */
function quotable(one: Diagnostic): Diagnostic {
  return { ...one, message: oneLine(one.message), advice: oneLine(one.advice) };
}
