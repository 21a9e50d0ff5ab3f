/** Text to tree, whatever the text: MDX where it is MDX, Markdown where it is not. */
import type { Root } from "mdast";
import type { Reporter } from "./diagnostic-codes.ts";
import { parseMarkdown, parseMdx } from "./dialects.ts";
import { mayBeMdx, needsMdx } from "./mdx-signs.ts";
import { joinPieces, type Refusal } from "./pieces.ts";
import type { LineIndex } from "./place.ts";

/** `mdx`: the author chose MDX. `markdown`: the file may be either, as Docusaurus reads `.md` as MDX and GitHub does not. */
export type Dialect = "mdx" | "markdown";

export function dialectOf(path: string): Dialect {
  return /\.mdx$/iu.test(path) ? "mdx" : "markdown";
}

/**
 * Parses a post. What isn't MDX is read as Markdown with raw HTML, block by block, and reported; a Markdown file is read
 * as MDX only where it holds what only MDX knows. Offsets in the tree are those of `text`.
 */
export function parsePost(
  text: string,
  dialect: Dialect,
  lines: LineIndex,
  { report }: Pick<Reporter, "report">,
): Root {
  if (!mayBeMdx(text)) return parseMarkdown(text);
  const whole = tryMdx(text);
  if (whole !== null) return dialect === "mdx" || needsMdx(whole) ? whole : parseMarkdown(text);
  const { tree, refusals } = joinPieces(text, parseMarkdown(text), (piece) => {
    const parsed = parseMdx(piece);
    return dialect === "mdx" || needsMdx(parsed) ? parsed : null;
  });
  reportRefusals(refusals, dialect, lines, report);
  return tree;
}

/** More of the same in one file is one sentence. */
const refusalsShown = 20;

function reportRefusals(
  refusals: readonly Refusal[],
  dialect: Dialect,
  lines: LineIndex,
  report: Reporter["report"],
): void {
  const severity = dialect === "mdx" ? "warning" : "info";
  for (const { offset, reason } of refusals.slice(0, refusalsShown)) {
    report({
      code: "not-mdx",
      severity,
      span: lines.span(offset, offset),
      message: `This block is not valid MDX and was read as Markdown with HTML: ${reason}`,
      advice:
        "Write `\\<` and `\\{` for the plain characters, put code into backticks, and close every tag (`<br />`).",
    });
  }
  const more = refusals[refusalsShown];
  if (more === undefined) return;
  report({
    code: "not-mdx",
    severity,
    span: lines.span(more.offset, more.offset),
    message: `${refusals.length - refusalsShown} more blocks of this post, from here on, are not valid MDX.`,
    advice: "If the post is not meant to be MDX, name it `.md`.",
  });
}

function tryMdx(text: string): Root | null {
  try {
    return parseMdx(text);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
