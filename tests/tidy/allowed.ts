/** Exceptions to a rule, each with its reason, held to be still needed. */

/** What a rule found: the file or edge it is about, and the sentence for the person who has to mend it. */
export interface Finding {
  readonly about: string;
  readonly says: string;
}

/** Findings that no exception covers, and exceptions that cover no finding any more. Empty when the rule holds. */
export function beyond(
  findings: readonly Finding[],
  exceptions: Readonly<Record<string, string>> = {},
): readonly string[] {
  const found = new Set(findings.map(({ about }) => about));
  return [
    ...findings.filter(({ about }) => exceptions[about] === undefined).map(({ says }) => says),
    ...Object.keys(exceptions)
      .filter((about) => !found.has(about))
      .map((about) => `${about}: this exception isn't needed any more, take it out of the table`),
  ];
}
