/** Reads one file: bytes in, a post with its papers out. The composition root of the reader's parts. */
import type { Asset, Paper, Post } from "@nonmun/core/model/paper";
import { fold } from "@nonmun/core/text/normalize";
import { slug } from "github-slugger";
import type { Root, RootContent } from "mdast";
import { renderReview } from "../render/render-review.ts";
import type { Rendered, RenderInput } from "../render/types.ts";
import { anchorHeadings } from "./anchors.ts";
import { checkPost } from "./check-post.ts";
import { decodePost, reportEncoding } from "./decode.ts";
import { asText, citationsIn, type Definitions, takeDefinitions } from "./definitions.ts";
import { type Report, type Reporter, reporter } from "./diagnostic-codes.ts";
import type { Draft } from "./draft.ts";
import { findPapers } from "./find-papers.ts";
import { type Fields, readFrontMatter } from "./front-matter.ts";
import { plainParagraphs } from "./guard.ts";
import { titleLines } from "./heading-line.ts";
import { assignIds } from "./ids.ts";
import { importsOf } from "./imports.ts";
import { blank } from "./masks.ts";
import { dialectOf, parsePost } from "./parse-post.ts";
import { indexLines, type LineIndex, rangeOf } from "./place.ts";
import { type Head, headOf } from "./post-head.ts";
import { refusalOf } from "./refuse.ts";
import { sectionsOf, spanAround } from "./sections.ts";
import { mendRows } from "./table-rows.ts";
import type { PostSource, ReadOptions } from "./types.ts";
import { unwrap } from "./unwrap.ts";

/** Part of a post's hash: grows whenever reading could give another result for the same file. */
export const readerVersion = "8";

export type Render = (input: RenderInput) => Promise<Rendered>;

/** Reads a post and renders its reviews. See `readPostWith`. */
export function readPost(source: PostSource, options: ReadOptions): Promise<Post> {
  return readPostWith(renderReview, source, options);
}

/**
 * Reads a post with the renderer given. Never throws because of what the file holds: what can't be understood is kept as
 * text and reported. Offsets refer to the text that `decodePost` gives.
 */
export async function readPostWith(render: Render, source: PostSource, options: ReadOptions): Promise<Post> {
  const { path } = source;
  const problems = reporter(path);
  const refusal = refusalOf(source.bytes);
  if (refusal !== null) return unread(path, refusal);
  const parsed = parse(source, problems);
  const { tree, fields } = parsed;
  const anchors = anchorHeadings(tree);
  const imports = importsOf(tree);
  const definitions = takeDefinitions(tree, problems.report);
  const { targets } = definitions;
  tree.children = tree.children.filter((node) => node.type !== "mdxjsEsm");
  unwrap(tree, targets, parsed.lines);
  const lineOf = titleLines(targets);
  const head = headOf({ path, fields, tree, anchors, lineOf });
  const drafts = findPapers(
    { tree, anchors, targets, lineOf, postTitle: head.title, report: problems.report },
    fields,
  );
  const ids = assignIds(path, drafts);
  const papers: Paper[] = [];
  const assets = new Map<string, Asset>();
  for (const [order, draft] of drafts.entries()) {
    const rendered = await render({
      tree: { type: "root", children: [...draft.nodes, ...titleNotes(draft, definitions)] },
      definitions: definitions.neededBy(draft.nodes),
      imports,
      anchors,
      anchor: ownAnchor(draft, anchors),
      file: path,
      loadAsset: source.loadAsset,
    });
    for (const asset of rendered.assets) assets.set(asset.id, asset);
    problems.add(rendered.diagnostics);
    const footnotes = definitions.footnotesIn(draft.nodes);
    const sections = sectionsOf({ ...draft, anchors, footnotes, lines: parsed.lines });
    papers.push({
      ...factsOf(draft, head, options),
      id: ids[order] ?? path,
      postPath: path,
      postTitle: head.title,
      postSlug: head.slug,
      order,
      anchor: draft.anchor,
      span: spanAround(draft.nodes),
      sections,
      headings: rendered.headings,
      figures: rendered.figures,
      html: rendered.html,
    });
  }
  checkPost({ papers, fields, lines: parsed.lines }, problems.report);
  return { path, ...head, papers, assets: [...assets.values()], diagnostics: problems.diagnostics };
}

/** A file that is no post: known by its name, with what is wrong with it and nothing to be found. */
function unread(path: string, refusal: Omit<Report, "span">): Post {
  const problems = reporter(path);
  problems.report({ ...refusal, span: indexLines("").span(0, 0) });
  const tree: Root = { type: "root", children: [] };
  const head = headOf({ path, fields: {}, tree, anchors: new Map(), lineOf: titleLines(new Map()) });
  return { path, ...head, papers: [], assets: [], diagnostics: problems.diagnostics };
}

interface Parsed {
  readonly tree: Root;
  readonly fields: Fields;
  readonly lines: LineIndex;
}

function parse({ path, bytes }: PostSource, { report }: Reporter): Parsed {
  const decoded = decodePost(bytes);
  const { text } = decoded;
  const lines = indexLines(text);
  reportEncoding(decoded, lines, report);
  try {
    const front = readFrontMatter(text, lines, { report });
    const tree = parsePost(blank(text, 0, front.end), dialectOf(path), lines, { report });
    mendRows(tree, text);
    return { tree, fields: front.fields, lines };
  } catch (error) {
    report({
      code: "reader-failed",
      span: lines.span(0, 0),
      message: `This post could not be parsed and is kept as plain text (${String(error).slice(0, 200)}).`,
      advice: "Please report it with the post: what a post says should never get this far.",
    });
    const children = [...plainParagraphs(text, { start: 0, end: text.length }, lines)];
    return { tree: { type: "root", children }, fields: {}, lines };
  }
}

function factsOf(draft: Draft, head: Head, { orgAliases }: ReadOptions): PaperFacts {
  const { kind, title, subtitle, arxivId, url } = draft;
  const orgs = [...new Set(draft.badges.map((badge) => orgAliases.get(fold(badge)) ?? badge))];
  const tags = [...new Set([...head.tags, ...draft.tags])];
  return { kind, title, subtitle, arxivId, url, orgs, tags, date: draft.date ?? head.date };
}

type PaperFacts = Pick<Paper, "kind" | "title" | "subtitle" | "arxivId" | "url" | "orgs" | "tags" | "date">;

/** A page prints the title without its markup, so footnotes that only the title cites follow the review as text. */
function titleNotes({ nodes }: Draft, definitions: Definitions): readonly RootContent[] {
  const [title, ...others] = nodes;
  if (title?.type !== "heading" || citationsIn([title]).length === 0) return [];
  const below = new Set(citationsIn(others).map(({ identifier }) => identifier));
  const above = new Set(citationsIn([title]).map(({ identifier }) => identifier));
  return definitions
    .footnotesIn(nodes)
    .filter(({ identifier }) => above.has(identifier) && !below.has(identifier))
    .flatMap(asText);
}

/** That of the heading that the review begins with; a row of a table, which has none in the post, has that of its title. */
function ownAnchor({ nodes: [first], title }: Draft, anchors: ReadonlyMap<number, string>): string {
  if (first === undefined) return "";
  return anchors.get(rangeOf(first).start) ?? slug(title);
}
