/** Checks all posts together: what only shows when one post is held beside another. */
import type { Diagnostic } from "@nonmun/core/model/diagnostic";
import type { Span } from "@nonmun/core/model/place";
import type { PaperCard } from "@nonmun/core/ports/index-store";
import type { readerCodes } from "./diagnostic-codes.ts";
import { paperKey } from "./links.ts";
import { proposeAliases } from "./propose-aliases.ts";

/** A paper as the catalogue gives it; with its span when the stored paper is at hand. */
export type CorpusPaper = Pick<
  PaperCard,
  "id" | "kind" | "title" | "arxivId" | "url" | "orgs" | "postPath"
> & {
  readonly span?: Span;
};

/** A problem, and the paper that it is about: its place is that paper's where `CorpusPaper.span` is known, else the file's top. */
export interface CorpusFinding extends Diagnostic {
  readonly paperId: string;
}

/**
 * Papers reviewed in several posts, orgs that look like one another, and posts whose papers have the same ids. Sorted by
 * file and place; the same papers give the same list in whatever order they come.
 */
export function checkCorpus(papers: readonly CorpusPaper[]): readonly CorpusFinding[] {
  const ordered = [...papers].sort((a, b) => compare(a.postPath, b.postPath) || compare(a.id, b.id));
  return [...duplicates(ordered), ...sameIds(ordered), ...similarOrgs(ordered)].sort(
    (a, b) => compare(a.file, b.file) || a.span.start.offset - b.span.start.offset || compare(a.code, b.code),
  );
}

function duplicates(papers: readonly CorpusPaper[]): readonly CorpusFinding[] {
  const first = new Map<string, CorpusPaper>();
  return papers.flatMap((paper) => {
    const key =
      paper.arxivId === null ? (paper.url === null ? null : paperKey(paper.url)) : `arxiv:${paper.arxivId}`;
    if (key === null) return [];
    const other = first.get(key);
    if (other === undefined) first.set(key, paper);
    if (other === undefined || other.postPath === paper.postPath) return [];
    return [
      problem("duplicate-paper", paper, "info", {
        message: `"${paper.title}" is reviewed in ${other.postPath} too ("${other.title}").`,
        advice: "Keep both if they say different things; they are shown as reviews of one paper.",
      }),
    ];
  });
}

function sameIds(papers: readonly CorpusPaper[]): readonly CorpusFinding[] {
  const first = new Map<string, CorpusPaper>();
  return papers.flatMap((paper) => {
    const other = first.get(paper.id);
    if (other === undefined) first.set(paper.id, paper);
    if (other === undefined || other.postPath === paper.postPath) return [];
    return [
      problem("duplicate-id", paper, "error", {
        message: `${paper.postPath} and ${other.postPath} give their papers the same id (${paper.id}).`,
        advice: "Rename one of the two files: they differ in nothing but the extension.",
      }),
    ];
  });
}

function similarOrgs(papers: readonly CorpusPaper[]): readonly CorpusFinding[] {
  return proposeAliases(papers).flatMap(({ from, to, reason, papers: counts }) => {
    const paper = papers.find(({ orgs }) => orgs.includes(from));
    if (paper === undefined) return [];
    return [
      problem("similar-orgs", paper, "warning", {
        message: `The org \`${from}\` (${inPapers(counts[0])}) looks like \`${to}\` (${inPapers(counts[1])}): ${reason}.`,
        advice: `If they are one, write \`${to}\`, or put \`"orgAliases": { "${from}": "${to}" }\` into nonmun.config.json.`,
      }),
    ];
  });
}

function inPapers(count: number): string {
  return count === 1 ? "1 paper" : `${count} papers`;
}

const topOfFile = { line: 1, column: 1, offset: 0 } as const;

function problem(
  code: keyof typeof readerCodes,
  paper: CorpusPaper,
  severity: Diagnostic["severity"],
  words: Pick<Diagnostic, "message" | "advice">,
): CorpusFinding {
  return {
    paperId: paper.id,
    code,
    severity,
    ...words,
    file: paper.postPath,
    span: paper.span ?? { start: topOfFile, end: topOfFile },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
