/** Test support: what a golden file says of a post, short enough to be read in a review. */
import type { Chunk } from "@nonmun/core/model/chunk";
import type { Block, Paper, Post } from "@nonmun/core/model/paper";
import type { Span } from "@nonmun/core/model/place";

export function golden(post: Post, chunks: readonly Chunk[]): unknown {
  const { papers, assets: _, diagnostics, ...head } = post;
  return {
    ...head,
    papers: papers.map((paper) => ({ ...factsOf(paper), sections: paper.sections.map(sectionOf) })),
    chunks: chunks.map(({ id, heading, anchor, embedded }) => ({
      id,
      heading: heading.join(" > "),
      anchor,
      embedded,
    })),
    diagnostics: diagnostics.map(
      ({ code, severity, span, message }) => `${place(span)} ${severity} ${code}: ${message}`,
    ),
  };
}

function factsOf(paper: Paper): object {
  const { id, kind, title, subtitle, arxivId, url, orgs, tags, date, anchor, span } = paper;
  return { id, kind, title, subtitle, arxivId, url, orgs, tags, date, anchor, lines: lines(span) };
}

function sectionOf(section: Paper["sections"][number]): unknown {
  const { heading, anchor, span, blocks } = section;
  return { heading: heading.join(" > "), anchor, lines: lines(span), blocks: blocks.map(blockOf) };
}

function blockOf({ kind, text, span }: Block): string {
  return `${place(span)} ${kind}: ${text}`;
}

function lines({ start, end }: Span): string {
  return `${start.line}-${end.line}`;
}

function place({ start }: Span): string {
  return `${start.line}:${start.column}`;
}
