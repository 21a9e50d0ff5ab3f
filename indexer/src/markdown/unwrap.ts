/** Opens what a whole post, or several reviews of it, is wrapped in: `<Layout>…</Layout>`, `<div className="post">…</div>`. */
import type { Heading, Nodes, Paragraph, Root, RootContent } from "mdast";
// Types of the nodes that MDX adds to mdast.
import type {} from "remark-mdx";
import { type LinkTargets, readTitleLine } from "./heading-line.ts";
import { jsxAttributeTexts } from "./inline-text.ts";
import { isPaperUrl } from "./links.ts";
import { type LineIndex, rangeOf } from "./place.ts";

type Wrapper = Extract<Nodes, { type: "mdxJsxFlowElement" }>;

/**
 * Puts the content of wrapping elements in their place, so that the headings in them begin reviews and sections like any
 * others. An element is opened when headings that link papers stand in it, or when it only wraps: it has headings and neither
 * folds (`details`, tabs) nor aligns its content. Texts that the opened tag shows (`title="…"`) stay.
 */
export function unwrap(tree: Root, targets: LinkTargets, lines: LineIndex): void {
  tree.children = tree.children.flatMap((node) => opened(node, targets, lines));
}

function opened(node: RootContent, targets: LinkTargets, lines: LineIndex): readonly RootContent[] {
  if (node.type !== "mdxJsxFlowElement" || !isWrapper(node, targets)) return [node];
  return [
    ...spokenTexts(node, lines),
    ...node.children.flatMap((child: RootContent) => opened(child, targets, lines)),
  ];
}

function isWrapper(node: Wrapper, targets: LinkTargets): boolean {
  const headings = headingsIn(node);
  if (headings.length === 0) return false;
  const namesPaper = headings.some((heading) => {
    const { url, title } = readTitleLine(heading.children, targets);
    return url !== null && title !== "" && isPaperUrl(url);
  });
  return namesPaper || (!folding.has(node.name ?? "") && !aligns(node));
}

/** Elements that hide their content until it is asked for, or set it apart: sections of theirs stay inside. */
const folding = new Set(["details", "Details", "Tabs", "TabItem", "Admonition", "aside", "blockquote"]);

function aligns(node: Wrapper): boolean {
  return node.attributes.some((attribute) => {
    if (attribute.type !== "mdxJsxAttribute") return false;
    const value = typeof attribute.value === "object" ? attribute.value?.value : attribute.value;
    return attribute.name === "align" || (attribute.name === "style" && /text-?align/iu.test(value ?? ""));
  });
}

/** Headings directly in an element, or in elements within it. */
function headingsIn(node: Wrapper): readonly Heading[] {
  return node.children.flatMap((child) => {
    if (child.type === "heading") return [child];
    return child.type === "mdxJsxFlowElement" ? headingsIn(child) : [];
  });
}

/** A tab's label stands above its reviews like the heading of a group; other texts of a tag are a paragraph each. */
function spokenTexts(node: Wrapper, lines: LineIndex): readonly (Paragraph | Heading)[] {
  const [first] = node.children;
  const { start, end } = rangeOf(node);
  const position = lines.span(start, first === undefined ? end : rangeOf(first).start);
  const depth = Math.min(...headingsIn(node).map((heading) => heading.depth)) - 1;
  return jsxAttributeTexts(node).map((value) => {
    const children: Paragraph["children"] = [{ type: "text", value, position }];
    const isGroup = node.name === "TabItem" && isDepth(depth);
    return isGroup
      ? { type: "heading", depth, position, children }
      : { type: "paragraph", position, children };
  });
}

function isDepth(depth: number): depth is Heading["depth"] {
  return depth >= 1 && depth <= 6;
}
