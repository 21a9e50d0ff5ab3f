/** Finds the papers and notes of a post, in whatever shape it has: reviews under headings, a table, one review per file. */
import type { Heading, RootContent } from "mdast";
import { headingText } from "./anchors.ts";
import { findDate } from "./dates.ts";
import type { Draft, Outline } from "./draft.ts";
import type { Fields } from "./front-matter.ts";
import type { TitleLine } from "./heading-line.ts";
import { isPaperUrl, paperKey } from "./links.ts";
import { notesOf } from "./notes.ts";
import { rangeOf, spanOf } from "./place.ts";
import { singleReview } from "./single-review.ts";
import { isSubtitle } from "./subtitles.ts";
import { papersOfTable } from "./table-papers.ts";
import { isTemplateHeading } from "./template-headings.ts";

/** Papers and notes in source order. A post that names no paper is one note; an empty one is nothing. */
export function findPapers(outline: Outline, fields: Fields): readonly Draft[] {
  const lines = headingLines(outline);
  const named = outline.tree.children.some(
    (node) => node.type === "heading" && lines.get(node)?.names === true,
  );
  const stretches = named
    ? cutAtPapers(outline, lines)
    : [{ paper: null, nodes: outline.tree.children, tags: [], date: null }];
  const drafts: Draft[] = [];
  let fromTable = false;
  for (const stretch of stretches) {
    if (stretch.paper !== null) {
      drafts.push(headedPaper(stretch, stretch.paper, outline));
      continue;
    }
    const { papers, rest } = takeTables(stretch.nodes, outline);
    fromTable ||= papers.length > 0;
    drafts.push(...papers, ...notesOf(rest, outline));
  }
  if (!named && !fromTable) return singleReview(outline, fields);
  return drafts.sort((a, b) => startOf(a) - startOf(b));
}

interface HeadingLine extends TitleLine {
  /** Whether the heading names a paper of its own. */
  readonly names: boolean;
}

type Lines = ReadonlyMap<RootContent, HeadingLine>;

/** What stands between two headings that name papers. */
interface Stretch {
  readonly paper: { readonly heading: Heading; readonly line: HeadingLine } | null;
  readonly nodes: readonly RootContent[];
  readonly tags: readonly string[];
  readonly date: string | null;
}

function headingLines({ tree, lineOf }: Outline): Lines {
  const headings = tree.children.filter((node) => node.type === "heading");
  const linked = headings.filter((heading) => namesLinkedPaper(lineOf(heading)));
  const depths = new Set(linked.map((heading) => heading.depth));
  const numbered = linked.some((heading) => lineOf(heading).numbered);
  return new Map(
    headings.map((heading) => {
      const line = lineOf(heading);
      const alike = depths.has(heading.depth) && (line.badges.length > 0 || (numbered && line.numbered));
      const unlinked = alike && line.url === null && line.title !== "" && !isTemplateHeading(line.title);
      return [heading, { ...line, names: namesLinkedPaper(line) || unlinked }] as const;
    }),
  );
}

function namesLinkedPaper(line: TitleLine): boolean {
  if (line.url === null || line.title === "" || isTemplateHeading(line.title)) return false;
  return line.bare || isPaperUrl(line.url);
}

/** A deeper heading inside a review opens another review only if it is nothing but a link to another paper. */
function opensPaper(heading: Heading, line: HeadingLine, current: Stretch["paper"]): boolean {
  if (!line.names) return false;
  if (current === null || heading.depth <= current.heading.depth) return true;
  if (!line.bare || line.url === null || !isPaperUrl(line.url)) return false;
  return current.line.url === null || paperKey(line.url) !== paperKey(current.line.url);
}

function cutAtPapers({ tree, postTitle }: Outline, lines: Lines): readonly Stretch[] {
  const stretches: (Stretch & { nodes: RootContent[] })[] = [];
  const groups: { readonly depth: number; readonly text: string; readonly tag: boolean }[] = [];
  let current: Stretch & { nodes: RootContent[] } = { paper: null, nodes: [], tags: [], date: null };
  stretches.push(current);
  tree.children.forEach((node, at) => {
    const line = node.type === "heading" ? lines.get(node) : undefined;
    if (node.type === "heading" && line !== undefined) {
      const opens = opensPaper(node, line, current.paper);
      const inside = current.paper !== null && node.depth > current.paper.heading.depth;
      if (opens || (!inside && current.paper !== null)) {
        if (opens) while ((groups.at(-1)?.depth ?? 0) >= node.depth) groups.pop();
        const tags = opens ? groups.filter((group) => group.tag).map((group) => group.text) : [];
        const date = opens
          ? (groups.map((group) => findDate(group.text)).findLast((found) => found !== null) ?? null)
          : null;
        current = { paper: opens ? { heading: node, line } : null, nodes: [], tags, date };
        stretches.push(current);
      }
      if (!opens && current.paper === null) {
        while ((groups.at(-1)?.depth ?? 0) >= node.depth) groups.pop();
        const text = headingText(node);
        if (text !== postTitle)
          groups.push({ depth: node.depth, text, tag: isGroup(node, tree.children[at + 1]) });
      }
    }
    current.nodes.push(node);
  });
  return stretches;

  /** A heading with no text of its own, above the reviews that it groups, is a label on them. */
  function isGroup(heading: Heading, next: RootContent | undefined): boolean {
    const text = headingText(heading);
    const deeper = next?.type === "heading" && next.depth > heading.depth;
    return deeper && !isTemplateHeading(text) && findDate(text) === null;
  }
}

function headedPaper(stretch: Stretch, paper: NonNullable<Stretch["paper"]>, outline: Outline): Draft {
  const { heading, line } = paper;
  const [, second] = stretch.nodes;
  const subtitle = second?.type === "heading" && isSubtitle(second, line, stretch.nodes) ? second : null;
  if (line.url === null) {
    outline.report({
      code: "paper-without-link",
      span: spanOf(heading),
      message: `"${line.title}" looks like a paper's heading but has no link.`,
      advice: "Link the title: `## 1. [Title](https://arxiv.org/abs/2510.24514) `org``.",
    });
  }
  reportMismatch(line, heading, outline);
  return {
    kind: "paper",
    title: line.title,
    subtitle: subtitle === null ? null : headingText(subtitle),
    arxivId: line.arxivId,
    url: line.url,
    badges: line.badges,
    tags: stretch.tags,
    date: stretch.date,
    anchor: outline.anchors.get(rangeOf(heading).start) ?? "",
    nodes: stretch.nodes,
    own: new Set<RootContent>(subtitle === null ? [heading] : [heading, subtitle]),
  };
}

function reportMismatch(line: TitleLine, heading: Heading, { report }: Outline): void {
  const [linked = "", other] = line.arxivIds;
  if (other === undefined) return;
  report({
    code: "id-mismatch",
    span: spanOf(heading),
    message: `The heading names two arXiv papers: the link leads to ${line.arxivId ?? linked}, but ${other === line.arxivId ? linked : other} is written too.`,
    advice: "Keep the id of the paper that is reviewed, in the link and in the text.",
  });
}

/** Papers in tables, and what is left of the nodes without these tables. */
function takeTables(
  nodes: readonly RootContent[],
  outline: Outline,
): { papers: readonly Draft[]; rest: readonly RootContent[] } {
  const papers: Draft[] = [];
  let anchor = "";
  const rest = nodes.filter((node) => {
    if (node.type === "heading") anchor = outline.anchors.get(rangeOf(node).start) ?? anchor;
    const found = node.type === "table" ? papersOfTable(node, anchor, outline) : null;
    papers.push(...(found ?? []));
    return found === null;
  });
  return { papers, rest };
}

function startOf(draft: Draft): number {
  const [first] = draft.nodes;
  return first === undefined ? 0 : rangeOf(first).start;
}
