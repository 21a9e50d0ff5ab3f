/** What is wrong in the posts, as lines for a person: worst first, one heading a code, advice that is the same said once. */
import type { Diagnostic, Severity } from "@nonmun/core/model/diagnostic";
import { plural } from "./report-run.ts";

/** From worst to least. */
export const severities: readonly Severity[] = ["error", "warning", "info"];

export function findingLines(diagnostics: readonly Diagnostic[]): readonly string[] {
  const lines: string[] = [];
  for (const severity of severities) {
    const found = diagnostics.filter((one) => one.severity === severity);
    const byCode = [...Map.groupBy(found, ({ code }) => code)].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [code, group] of byCode)
      lines.push("", `${code} (${severity}, ${group.length})`, ...groupLines(group));
  }
  return lines;
}

/** `2 errors, 1 note`: nothing that there is none of. */
export function countsInWords(diagnostics: readonly Diagnostic[]): string {
  return severities
    .map((severity) => [severity, diagnostics.filter((one) => one.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => plural(count, severity === "info" ? "note" : severity))
    .join(", ");
}

function groupLines(group: readonly Diagnostic[]): readonly string[] {
  return [...Map.groupBy(group, ({ advice }) => advice)].flatMap(([advice, same]) => {
    const places = same.map(({ file, span, message }) => {
      return `  ${file}:${span.start.line}:${span.start.column}  ${message}`;
    });
    return same.length === 1 ? [`${places.join("")} ${advice}`] : [...places, `    ${advice}`];
  });
}
