/** What holds for a post as a whole: its title, date, tags, authors, address, and whether it is a draft. */
import type { Post } from "@nonmun/core/model/paper";
import type { Heading, Root } from "mdast";
import { headingText } from "./anchors.ts";
import { dateFrom, findDate } from "./dates.ts";
import { isMarkedDraft } from "./draft-mark.ts";
import { type Fields, listField, textField } from "./front-matter.ts";
import type { TitleLine } from "./heading-line.ts";
import { isPaperUrl } from "./links.ts";
import { rangeOf } from "./place.ts";

export type Head = Pick<Post, "slug" | "title" | "date" | "tags" | "authors" | "draft">;

export interface HeadInput {
  readonly path: string;
  readonly fields: Fields;
  readonly tree: Root;
  readonly anchors: ReadonlyMap<number, string>;
  readonly lineOf: (heading: Heading) => TitleLine;
}

/** Front matter first, then the headings, then the file's name. */
export function headOf({ path, fields, tree, anchors, lineOf }: HeadInput): Head {
  // A heading without an anchor is none of the author's: the label of a tab that was opened.
  const headings = tree.children.filter(
    (node): node is Heading => node.type === "heading" && anchors.has(rangeOf(node).start),
  );
  const name = path.split("/").at(-1) ?? path;
  const heading = (): string => titleHeading(headings, lineOf);
  const plain = path.replace(/\.(?:mdx|md|markdown)$/iu, "").replace(/(?<=.)\/(?:index|README)$/iu, "");
  return {
    slug: textField(fields, "slug") ?? plain,
    title: textField(fields, "title") ?? (heading() || name.replace(/\.[^.]+$/u, "")),
    date: dateFrom(fields.date) ?? findDate(name) ?? findDate(path) ?? findDate(heading()),
    tags: listField(fields, "tags", "tag", "keywords", "categories", "category"),
    authors: listField(fields, "authors", "author"),
    draft: isMarkedDraft(fields),
  };
}

/** What the post's title is by its headings; nothing when each of them names a paper of several. */
function titleHeading(headings: readonly Heading[], lineOf: HeadInput["lineOf"]): string {
  const lines = headings.map((heading) => ({ heading, line: lineOf(heading) }));
  const papers = lines.filter(({ line }) => line.url !== null && isPaperUrl(line.url));
  const top = lines.find((each) => each.heading.depth === 1 && !papers.includes(each));
  if (top !== undefined) return headingText(top.heading);
  const [first] = lines;
  if (first === undefined || papers.length > 1) return "";
  return papers.includes(first) && first.line.title !== "" ? first.line.title : headingText(first.heading);
}
