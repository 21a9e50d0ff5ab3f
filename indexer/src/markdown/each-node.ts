/** Walks a tree of mdast. */
import type { Nodes } from "mdast";

/**
 * Calls `take` with a node and all below it, parents before children. A post is walked a dozen times: `unist-util-visit`, which makes
 * a named function for each node, took an eighth of the time of reading. It is right where a visitor needs parents or
 * takes nodes out.
 */
export function eachNode(node: Nodes, take: (node: Nodes) => void): void {
  take(node);
  if ("children" in node) for (const child of node.children) eachNode(child, take);
}
