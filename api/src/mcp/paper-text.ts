/** Papers as plain text, for a model to read. */
import type { PaperSummary } from "@nonmun/core/contract";
import type { Chunk } from "@nonmun/core/model/chunk";

/** Title, what is known of the paper, and the id that other tools take: all on one line. */
export function paperLine(paper: PaperSummary): string {
  const title = paper.subtitle === null ? paper.title : `${paper.title}: ${paper.subtitle}`;
  const known = [
    paper.orgs.join(", "),
    paper.date ?? "",
    paper.arxivId === null ? "" : `arXiv ${paper.arxivId}`,
  ];
  return `${title} [${known.filter((part) => part !== "").join("; ")}] id: ${paper.id}`;
}

/** The review's text with its headings as Markdown. Chunks overlap where a paragraph was cut; what repeats is left out. */
export function reviewText(chunks: readonly Chunk[]): string {
  const parts: string[] = [];
  let heading = "";
  let before = "";
  for (const chunk of chunks) {
    const here = chunk.heading.slice(1).join(" > ");
    if (here !== heading && here !== "") parts.push(`## ${here}`);
    const repeated = here === heading ? overlap(before, chunk.text) : 0;
    if (repeated > 0) parts.push(`${parts.pop() ?? ""}${chunk.text.slice(repeated)}`);
    else parts.push(chunk.text);
    heading = here;
    before = chunk.text;
  }
  return parts.filter((part) => part.trim() !== "").join("\n\n");
}

/** Shorter repetitions are chance: two list items may well end and begin alike. */
const overlapMin = 16;

/** Length of the longest end of `before` that `after` begins with. */
function overlap(before: string, after: string): number {
  for (let length = Math.min(before.length, after.length); length >= overlapMin; length--) {
    if (before.endsWith(after.slice(0, length))) return length;
  }
  return 0;
}
