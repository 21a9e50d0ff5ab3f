/** Checks a post that has been read: reviews without text, unfinished ones, one paper twice. */
import type { Paper } from "@nonmun/core/model/paper";
import type { Span } from "@nonmun/core/model/place";
import { dateFrom } from "./dates.ts";
import type { Reporter } from "./diagnostic-codes.ts";
import { type Fields, textField } from "./front-matter.ts";
import { paperKey } from "./links.ts";
import type { LineIndex } from "./place.ts";

export interface Checked {
  readonly papers: readonly Paper[];
  readonly fields: Fields;
  readonly lines: LineIndex;
}

export function checkPost({ papers, fields, lines }: Checked, report: Reporter["report"]): void {
  if (fields.date !== undefined && fields.date !== null && dateFrom(fields.date) === null) {
    report({
      code: "bad-date",
      span: spanOfField(lines, "date"),
      message: `The date "${textField(fields, "date") ?? "in the front matter"}" is no day of the calendar.`,
      advice: "Write it as `date: 2025-10-29`.",
    });
  }
  if (papers.length === 0) {
    report({
      code: "empty-post",
      span: lines.span(0, 0),
      message: "The post says nothing, so nothing of it can be found.",
      advice: "Write a review, or leave the file out with `.nonmunignore`.",
    });
  }
  const seen = new Map<string, Paper>();
  for (const paper of papers) {
    if (paper.kind === "paper") checkReview(paper, report);
    checkUnfinished(paper, report);
    if (paper.url === null) continue;
    const first = seen.get(paperKey(paper.url));
    if (first === undefined) seen.set(paperKey(paper.url), paper);
    else {
      report({
        code: "duplicate-paper",
        span: paper.span,
        message: `"${paper.title}" links the same paper as "${first.title}" above.`,
        advice: "Correct the link that was copied, or join the two reviews.",
      });
    }
  }
}

/** Its line in the front matter, or the top of the file when it is written in a way of its own. */
function spanOfField(lines: LineIndex, name: string): Span {
  const found = new RegExp(`^["']?${name}["']?[ \\t]*[:=].*$`, "mu").exec(lines.text);
  return found === null ? lines.span(0, 0) : lines.span(found.index, found.index + found[0].length);
}

function checkReview(paper: Paper, report: Reporter["report"]): void {
  if (paper.sections.some((section) => section.blocks.length > 0)) return;
  report({
    code: "empty-review",
    span: paper.span,
    message: `"${paper.title}" has a heading and no text: it is found by its title alone.`,
    advice: "Write a sentence on what the paper does.",
  });
}

/** Latin marks count in capitals alone: `todo` is also a word that reviews write about. */
const unfinished =
  /(?<![\p{L}\p{N}])(?:TODO|TBD|WIP|FIXME)(?![\p{L}\p{N}])|작성 ?중(?:[.\s)]|$)|작성 ?예정|추후 ?(?:작성|추가|보충|업데이트)|업데이트 ?예정|미완성(?:[.\s)]|$)/u;

function checkUnfinished(paper: Paper, report: Reporter["report"]): void {
  for (const { blocks } of paper.sections) {
    const block = blocks.find(
      ({ kind, text }) => kind !== "code" && kind !== "row" && text.length < 200 && unfinished.test(text),
    );
    if (block === undefined) continue;
    report({
      code: "unfinished-post",
      span: block.span,
      message: `"${paper.title}" looks unfinished: "${block.text.slice(0, 60)}".`,
      advice: "Finish it, or put `draft: true` into the front matter to leave the post out for now.",
    });
    return;
  }
}
