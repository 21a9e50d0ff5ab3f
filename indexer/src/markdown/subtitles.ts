/** Tells the second half of a long title, written as a heading below the first, from a section of the review. */
import type { Heading, RootContent } from "mdast";
import { headingText } from "./anchors.ts";
import type { TitleLine } from "./heading-line.ts";
import { isTemplateHeading } from "./template-headings.ts";

/** Fewer words are a section's name when there are other sections beside it. */
const subtitleWords = 4;

/**
 * `heading` comes directly below the paper's own (`nodes[0]`). It is a subtitle unless it is a template's heading, or one of
 * several sections and short, or the title above already has both halves.
 */
export function isSubtitle(heading: Heading, title: TitleLine, nodes: readonly RootContent[]): boolean {
  const text = headingText(heading);
  if (text === "" || isTemplateHeading(text) || (title.numbered === false && /^\d+[.)]\s/u.test(text)))
    return false;
  const siblings = nodes.filter(
    (node) => node.type === "heading" && node !== nodes[0] && node.depth === heading.depth,
  );
  if (siblings.length === 1) return true;
  return !title.title.includes(":") && text.split(/\s+/u).length >= subtitleWords;
}
