/** Tells whether a text could be MDX, and whether a tree is more than Markdown with HTML. */
import type { Nodes, Root } from "mdast";
// Types of the nodes that MDX adds to mdast.
import type {} from "remark-mdx";
import { EXIT, visit } from "unist-util-visit";

/** False when MDX and Markdown read `text` alike (but for indented code, which MDX doesn't have). */
export function mayBeMdx(text: string): boolean {
  return /[<{]|^(?:import|export)\s/mu.test(text);
}

/** Whether a tree parsed as MDX holds what only MDX knows: imports, components, attributes in braces, comments in braces. */
export function needsMdx(tree: Root): boolean {
  let found = false;
  visit(tree, (node: Nodes) => {
    found = isMdxOnly(node);
    return found ? EXIT : undefined;
  });
  return found;
}

function isMdxOnly(node: Nodes): boolean {
  switch (node.type) {
    case "mdxjsEsm":
      return true;
    case "mdxFlowExpression":
    case "mdxTextExpression":
      return /^\s*\/\*/u.test(node.value);
    case "mdxJsxFlowElement":
    case "mdxJsxTextElement":
      return (
        node.name === null ||
        /^\p{Lu}|\./u.test(node.name) ||
        node.attributes.some(
          (attribute) =>
            attribute.type === "mdxJsxExpressionAttribute" ||
            attribute.name === "className" ||
            (typeof attribute.value === "object" && attribute.value !== null),
        )
      );
    default:
      return false;
  }
}
