/** Measures how deep a tree is, without going down it by recursion. */
import type { Nodes } from "mdast";

/** Deeper nodes would overflow the stack of whoever walks them. */
export const treeDepthMax = 120;

export function isTooDeep(node: Nodes): boolean {
  let level: readonly Nodes[] = [node];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > treeDepthMax) return true;
    level = level.flatMap((parent): readonly Nodes[] => ("children" in parent ? parent.children : []));
  }
  return false;
}
