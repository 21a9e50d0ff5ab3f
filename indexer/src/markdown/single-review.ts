/** One review per file: the whole post is a paper when it names one, and a note when it doesn't. */

import { fold } from "@nonmun/core/text/normalize";
import type { Heading, Nodes, RootContent } from "mdast";
import { visit } from "unist-util-visit";
import type { Draft, Outline } from "./draft.ts";
import { type Fields, listField, textField } from "./front-matter.ts";
import { orgName, readTitleLine } from "./heading-line.ts";
import { lineText, printable } from "./inline-text.ts";
import { arxivIdIn, arxivIdOf, isPaperUrl, isWebUrl, labelKind, paperKey } from "./links.ts";
import { noteOf, saysSomething } from "./notes.ts";
import { rangeOf, spanOf } from "./place.ts";
import { isSubtitle } from "./subtitles.ts";

export function singleReview(outline: Outline, fields: Fields): readonly Draft[] {
  const nodes = outline.tree.children;
  const heading = titleHeading(nodes, fields);
  const link = linkOf(outline, fields);
  if (link === null) {
    if (!saysSomething(nodes)) return [];
    const first = heading ?? null;
    outline.report({
      code: "no-paper",
      span: spanOf(first ?? nodes[0] ?? outline.tree),
      ...wordsFor(outline),
    });
    return [{ ...noteOf(first, nodes, outline), title: outline.postTitle }];
  }
  const line = readTitleLine(heading?.children ?? [], outline.targets);
  const title = textField(fields, "title") ?? (line.title === "" ? outline.postTitle : line.title);
  const after = heading === null ? undefined : nodes[nodes.indexOf(heading) + 1];
  const subtitle =
    after?.type === "heading" && isSubtitle(after, line, nodes) && title === line.title ? after : null;
  const own = [heading, subtitle].filter((node) => node !== null);
  return [
    {
      kind: "paper",
      title,
      subtitle: subtitle === null ? textField(fields, "subtitle") : lineText(subtitle.children),
      arxivId: link.arxivId,
      url: link.url,
      badges: [
        ...new Set([
          ...line.badges,
          ...listField(fields, "orgs", "org", "affiliations", "affiliation").map(orgName),
        ]),
      ],
      tags: [],
      date: null,
      anchor: heading === null ? "" : (outline.anchors.get(rangeOf(heading).start) ?? ""),
      nodes,
      own: new Set<RootContent>(own),
    },
  ];
}

/** A post that links several papers, in a list or in bold, doesn't say which of them each text is about. */
function wordsFor({ tree, targets }: Outline): { readonly message: string; readonly advice: string } {
  const links = tree.children
    .flatMap((node) => candidatesIn(node, targets))
    .filter(({ url }) => isPaperUrl(url));
  const papers = new Set(links.map(({ url }) => paperKey(url))).size;
  if (papers > 1) {
    return {
      message: `This post links ${papers} papers, none of them in a heading, so it is kept as one note.`,
      advice:
        "Give each review a heading that links its paper: `## [Title](https://arxiv.org/abs/2510.24514)`.",
    };
  }
  return {
    message: "This post names no paper, so it is kept as a note.",
    advice:
      "Link the paper in a heading (`## [Title](https://arxiv.org/abs/2510.24514)`), on a line of its own, or as `paper:` in the front matter.",
  };
}

/** The heading that is the post's title: the first one, unless front matter names another and it isn't a level-1 heading. */
function titleHeading(nodes: readonly RootContent[], fields: Fields): Heading | null {
  const first = nodes.find((node) => node.type === "heading");
  if (first === undefined) return null;
  const named = textField(fields, "title");
  if (named === null || first.depth === 1) return first;
  return fold(lineText(first.children)) === fold(named) ? first : null;
}

interface PaperLink {
  readonly url: string | null;
  readonly arxivId: string | null;
}

interface Candidate {
  readonly url: string;
  /** Whether its label, or the words before it, say that it is the reviewed paper. */
  readonly labelled: boolean;
}

/** Links count in so many blocks from the top: what is cited further down is not what is reviewed. */
const leadBlocks = 40;

function linkOf({ tree, targets }: Outline, fields: Fields): PaperLink | null {
  const named = textField(
    fields,
    "paper",
    "paper_url",
    "paperUrl",
    "paper_link",
    "arxiv",
    "arxivId",
    "arxiv_id",
    "doi",
    "link",
  );
  if (named !== null) {
    const id = arxivIdOf(named) ?? arxivIdIn(`arxiv:${named}`);
    if (isWebUrl(named)) return { url: named, arxivId: id };
    if (id !== null) return { url: `https://arxiv.org/abs/${id}`, arxivId: id };
    if (/^10\.\d{4,9}\//u.test(named)) return { url: `https://doi.org/${named}`, arxivId: null };
  }
  const candidates = tree.children.slice(0, leadBlocks).flatMap((node) => candidatesIn(node, targets));
  const papers = candidates.filter(({ url, labelled }) => isPaperUrl(url) || (labelled && isWebUrl(url)));
  const keys = new Set(papers.map(({ url }) => paperKey(url)));
  const chosen =
    papers.find(({ url, labelled }) => labelled && isPaperUrl(url)) ??
    (keys.size === 1 ? papers[0] : papers.find(({ labelled }) => labelled));
  return chosen === undefined ? null : { url: chosen.url, arxivId: arxivIdOf(chosen.url) };
}

/** `[PAPER]((https://…))` is a slip that keeps the brackets in the address. */
function withoutBrackets(url: string): string {
  return /^\((?<inner>https?:\/\/.*)\)$/u.exec(url)?.groups?.inner ?? url;
}

function candidatesIn(block: RootContent, targets: Outline["targets"]): readonly Candidate[] {
  const found: Candidate[] = [];
  visit(block, (node: Nodes, index, parent) => {
    if (node.type !== "link" && node.type !== "linkReference") return;
    const url = printable(node.type === "link" ? node.url : (targets.get(node.identifier) ?? ""));
    const label = lineText(node.children);
    const before =
      parent !== undefined && index !== undefined && "children" in parent
        ? parent.children.slice(0, index)
        : [];
    const words = lineText(before).slice(-40);
    const said = /(?:paper|link|url|arxiv|source|논문|원문|링크|출처)\s*[:：]?\s*$/iu.test(words);
    found.push({
      url: withoutBrackets(url),
      labelled: (labelKind(label) === "paper" && (label !== url || said)) || said,
    });
  });
  return found;
}
