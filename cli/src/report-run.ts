/** What a run did, in a few lines. */
import type { RunOutcome } from "@nonmun/indexer/run/run-index";
import { duration } from "./show-progress.ts";

export function runLines({ manifest, report, published, unreadable }: RunOutcome): readonly string[] {
  const { counts } = manifest;
  const total = `${plural(counts.papers, "paper")} in ${plural(counts.posts, "post")}, ${plural(counts.chunks, "chunk")}`;
  const problems = Object.entries(report.diagnostics)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => plural(count, severity === "info" ? "note" : severity));
  const lines = unreadable.map((one) => `${one.file}: ${one.message} ${one.advice}`);
  if (!published) return [...lines, `Nothing has changed: ${total}.`];
  const changes = `${report.added} added, ${report.changed} changed, ${report.removed} removed`;
  lines.push(
    `Indexed ${total} (${changes}; ${plural(report.embedded, "chunk")} embedded, ${report.reused} kept) in ${duration(report.tookMs / 1000)}.`,
  );
  if (problems.length > 0) lines.push(`The posts have ${problems.join(", ")}: see \`npx nonmun doctor\`.`);
  return lines;
}

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
