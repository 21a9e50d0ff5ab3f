/** Collects the link and footnote definitions of a post, which hold for every paper in it. */
import type { Nodes, Root, RootContent } from "mdast";
import { visit } from "unist-util-visit";
import type { LinkTargets } from "./heading-line.ts";

export interface Definitions {
  readonly definitions: Root;
  /** Addresses by identifier; the first definition of an identifier counts, as in CommonMark. */
  readonly targets: LinkTargets;
}

export function collectDefinitions(tree: Root): Definitions {
  const children: RootContent[] = [];
  const targets = new Map<string, string>();
  visit(tree, (node: Nodes) => {
    if (node.type === "footnoteDefinition") children.push(node);
    if (node.type !== "definition") return;
    children.push(node);
    if (!targets.has(node.identifier)) targets.set(node.identifier, node.url);
  });
  return { definitions: { type: "root", children }, targets };
}
