/** Text to tree, whatever the text: MDX where it is MDX, Markdown where it is not. */
import type { Root, RootContent } from "mdast";
import { titleMasks } from "./admonition-titles.ts";
import { isTooDeep } from "./depth.ts";
import type { Reporter } from "./diagnostic-codes.ts";
import { parseMarkdown, parseMdx } from "./dialects.ts";
import { type CutOut, guard, plainParagraphs, putBack } from "./guard.ts";
import { blankEmbedded, mapTexts, maskHeadingIds } from "./masks.ts";
import { mathFences, placeMoved, plainDollar } from "./math-fences.ts";
import { explainRefusals } from "./mdx-refusal.ts";
import { mayBeMdx, needsMdx } from "./mdx-signs.ts";
import { editText, parseMasked } from "./parse-masked.ts";
import { joinPieces, type Refusal } from "./pieces.ts";
import { type LineIndex, rangeOf } from "./place.ts";

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
  const embedded = blankEmbedded(text);
  const ids = maskHeadingIds(embedded.text);
  const guarded = guard(ids.text);
  const dollars = mathFences(guarded.text);
  const edited = editText(guarded.text, dollars.edits);
  const masks = [...titleMasks(guarded.text, lines), ...dollars.masks];
  const parsed = parseMasked(edited, masks, lines, (masked) => parseGuarded(masked, dialect));
  if (dollars.edits.length > 0) mapTexts(parsed.tree, (value) => value.replaceAll(plainDollar, "$"));
  placeMoved(parsed.tree, dollars, lines);
  explainRefusals(parsed.refusals, dialect, lines).forEach(report);
  const tree = flattenDeep(parsed.tree, ids.text, lines, report);
  putBack(tree, ids.text, guarded.cuts, lines);
  reportCuts(guarded.cuts, lines, report);
  if (embedded.first !== null) reportEmbedded(embedded.first, lines, report);
  return ids.restore(tree);
}

interface Parsed {
  readonly tree: Root;
  readonly refusals: readonly Refusal[];
}

function parseGuarded(text: string, dialect: Dialect): Parsed {
  const asMarkdown = (): Parsed => ({ tree: parseMarkdown(text), refusals: [] });
  if (!mayBeMdx(text)) return asMarkdown();
  const whole = tryMdx(text);
  if (whole !== null)
    return dialect === "mdx" || needsMdx(whole) ? { tree: whole, refusals: [] } : asMarkdown();
  return joinPieces(text, parseMarkdown(text), (piece) => {
    const parsed = parseMdx(piece);
    return dialect === "mdx" || needsMdx(parsed) ? parsed : null;
  });
}

/** Blocks that are nested so deeply that walking them could overflow the stack become plain text. */
function flattenDeep(tree: Root, text: string, lines: LineIndex, report: Reporter["report"]): Root {
  if (!isTooDeep(tree)) return tree;
  const deep: CutOut[] = [];
  const children = tree.children.flatMap((node): readonly RootContent[] => {
    if (!isTooDeep(node)) return [node];
    const range = rangeOf(node);
    deep.push({ ...range, reason: "blocks are nested too deeply" });
    return plainParagraphs(text, range, lines);
  });
  reportCuts(deep, lines, report);
  return { ...tree, children };
}

function reportCuts(cuts: readonly CutOut[], lines: LineIndex, report: Reporter["report"]): void {
  const [first] = cuts;
  if (first === undefined) return;
  report({
    code: "simplified-block",
    span: lines.span(first.start, first.end),
    message: `Read as plain text, because ${first.reason}${cuts.length > 1 ? ` (and ${cuts.length - 1} more blocks)` : ""}.`,
    advice: "Break the block up with blank lines, or put it into a code block.",
  });
}

function reportEmbedded(offset: number, lines: LineIndex, report: Reporter["report"]): void {
  report({
    code: "embedded-data",
    span: lines.span(offset, offset),
    message: "A picture is pasted into the text as a `data:` address and was left out.",
    advice: "Save it as a file beside the post and write `![설명](./asset/picture.png)`.",
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
