/** Short spellings for building and asking hast nodes. */
import type { Element, ElementContent, Nodes, Properties } from "hast";

export function element(
  tagName: string,
  properties: Properties,
  children: readonly (ElementContent | string)[] = [],
): Element {
  const nodes = children.map(
    (child): ElementContent => (typeof child === "string" ? { type: "text", value: child } : child),
  );
  return { type: "element", tagName, properties, children: nodes };
}

export function isElement<Name extends string>(
  node: Nodes,
  ...tagNames: readonly Name[]
): node is Element & { tagName: Name } {
  return node.type === "element" && (tagNames as readonly string[]).includes(node.tagName);
}

/** Calls `take` with every element of a tree, parents before children; cheaper than `unist-util-visit`, see `each-node.ts`. */
export function eachElement(node: Nodes, take: (element: Element) => void): void {
  if (node.type === "element") take(node);
  if ("children" in node) for (const child of node.children) eachElement(child, take);
}

/** The visible text of a tree; a formula counts once, by the TeX that it was written in. */
export function visibleText(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (!("children" in node)) return "";
  if (isElement(node, "semantics")) {
    const source = node.children.find((child) => isElement(child, "annotation"));
    if (source !== undefined) return visibleText(source);
  }
  return node.children.map(visibleText).join("");
}

/** Runs of blanks as one space, none at the ends. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/**
 * Whether an anchor of the post may become an id on the page. Those with a colon are ours (`figure:1`, `note:fn-1`) or the page's,
 * and an element named `__svelte…` would stand in for a global of the page's own script.
 */
export function mayBeId(anchor: string): boolean {
  return anchor !== "" && !anchor.includes(":") && !anchor.startsWith("__svelte");
}
