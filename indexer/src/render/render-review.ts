/** Renders one review: Markdown nodes in; sanitised HTML, headings, figures and problems out. Runs nothing, never fails. */
import type { Heading } from "@nonmun/core/model/paper";
import type { Root as HtmlRoot } from "hast";
import type { Root, RootContent } from "mdast";
import rehypeHighlight from "rehype-highlight";
import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkRehype, { type Options } from "remark-rehype";
import { unified } from "unified";
import { rewriteAuthorHtml } from "./author-html.ts";
import { dropEmptyParagraphs, nameFootnotes, wrapTables } from "./blocks.ts";
import { createContext, type RenderContext, report, spanOf } from "./context.ts";
import { eachElement, element, mayBeId, oneLine, visibleText } from "./elements.ts";
import { handlersFor } from "./handlers.ts";
import { resolveLinks } from "./links.ts";
import { placeFigures } from "./place-figures.ts";
import { boundTree, plainTree, textOf } from "./plain-text.ts";
import { reviewWords } from "./review-words.ts";
import { reviewSchema } from "./schema.ts";
import type { Rendered, RenderInput } from "./types.ts";

/**
 * The body of a review. Its own heading, which the page prints as the title, is not in `html` or `headings`; its anchor is,
 * as an empty element at the top, so that links to it arrive. The remaining headings are shifted so that those right below
 * the title are `h2`.
 *
 * Whatever is too deep, too large or not understood is shown as text, with a diagnostic.
 */
export async function renderReview(input: RenderInput): Promise<Rendered> {
  const [first, ...others] = input.tree.children;
  const title = first?.type === "heading" ? first : null;
  const blocks = title === null ? input.tree.children : others;
  const context = createContext(input, {
    headingShift: headingShift(title?.depth ?? null, blocks),
    words: reviewWords(textOf(input.tree)),
  });
  const titleText = title === null ? null : oneLine(textOf(title)) || null;
  try {
    return await render(boundTree(blocks, context), titleText, context);
  } catch (error) {
    report(context, renderingFailed(error), spanOf(input.tree.position));
    const plain = await render(plainTree(blocks).children, titleText, context);
    return { ...plain, diagnostics: context.diagnostics };
  }
}

async function render(
  blocks: readonly RootContent[],
  title: string | null,
  context: RenderContext,
): Promise<Rendered> {
  const { anchor } = context.input;
  const definitions = boundTree(context.input.definitions.children, context);
  const markdown: Root = { type: "root", children: [...blocks, ...definitions] };
  const tree = (await unified()
    .use(remarkRehype, conversion(context))
    .use(() => (html: HtmlRoot) => rewriteAuthorHtml(html, context))
    .use(rehypeRaw)
    .run(markdown)) as HtmlRoot;
  resolveLinks(tree, context);
  const { figures, assets } = await placeFigures(tree, title, context);
  nameFootnotes(tree);
  wrapTables(tree);
  dropEmptyParagraphs(tree);
  const shown = headingsOf(tree).some((heading) => heading.anchor === anchor);
  if (mayBeId(anchor) && !shown) {
    tree.children.unshift(element("span", { id: anchor, className: ["anchor"] }));
  }
  const safe = await finish.run(tree);
  const html = finish.stringify(safe);
  return { html, headings: headingsOf(safe), figures, assets, diagnostics: context.diagnostics };
}

/** Made once: registering the highlighter's languages takes longer than most reviews. */
const finish = unified()
  .use(rehypeHighlight, { plainText: ["mermaid", "text", "txt", "plain", "plaintext"] })
  .use(rehypeSanitize, reviewSchema)
  .use(rehypeStringify)
  .freeze();

function conversion(context: RenderContext): Options {
  return {
    allowDangerousHtml: true,
    handlers: handlersFor(context),
    clobberPrefix: "note:",
    footnoteLabel: context.words.footnotes,
    footnoteBackLabel: (reference) => context.words.backTo(reference + 1),
  };
}

/** What to add to a heading's depth so that the ones right below the title become `h2`. */
function headingShift(titleDepth: number | null, blocks: readonly RootContent[]): number {
  if (titleDepth !== null) return 1 - titleDepth;
  const depths = blocks.flatMap((block) => (block.type === "heading" ? [block.depth] : []));
  return depths.length === 0 ? 0 : 2 - Math.min(...depths);
}

function headingsOf(tree: HtmlRoot): Heading[] {
  const headings: Heading[] = [];
  eachElement(tree, (node) => {
    const anchor = node.properties.id;
    if (!/^h[1-6]$/u.test(node.tagName) || typeof anchor !== "string" || anchor.includes(":")) return;
    headings.push({ depth: Number(node.tagName.slice(1)), text: oneLine(visibleText(node)), anchor });
  });
  return headings;
}

function renderingFailed(error: unknown) {
  return {
    code: "render-failed",
    severity: "error",
    message: `This review could not be laid out and is shown as plain text (${String(error).slice(0, 200)}).`,
    advice: "Please report it with the post: what a post says should never get this far.",
  } as const;
}
