/** Finishing touches on blocks: tables that scroll, cells aligned by class, footnotes whose label has an id of ours. */
import type { Element, ElementContent, Root } from "hast";
import { SKIP, visit } from "unist-util-visit";
import { eachElement, element, isElement, oneLine, visibleText } from "./elements.ts";

/** A table is as wide as its contents: it scrolls inside a box that the keyboard reaches, named after its first row. */
export function wrapTables(tree: Root): void {
  visit(tree, "element", (node, index, parent) => {
    if (!isElement(node, "table") || parent === undefined || index === undefined) return;
    eachElement(node, (cell) => {
      const { align, ...properties } = cell.properties;
      if (!isElement(cell, "td", "th") || typeof align !== "string") return;
      cell.properties = { ...properties, className: [`align-${align}`] };
    });
    const label = tableLabel(node);
    const name = label === "" ? {} : { role: "region", ariaLabel: label };
    parent.children[index] = element("div", { className: ["table-scroll"], tabIndex: 0, ...name }, [node]);
    return SKIP;
  });
}

/** The cells of the first row that has words, at most 80 characters of them. */
function tableLabel(table: Element): string {
  let label = "";
  eachElement(table, (node) => {
    if (label !== "" || !isElement(node, "tr")) return;
    label = node.children
      .map((cell) => oneLine(visibleText(cell)))
      .filter((text) => text !== "")
      .join(", ");
  });
  return label.slice(0, 80);
}

/** remark-rehype gives the footnotes' heading the id `footnote-label`, which a heading of the post could have as well. */
export function nameFootnotes(tree: Root): void {
  eachElement(tree, (node) => {
    if (node.properties.dataFootnoteRef !== undefined) node.properties.ariaDescribedBy = ["note:label"];
    if (!isElement(node, "section") || node.properties.dataFootnotes === undefined) return;
    const label = node.children.find((child) => isElement(child, "h2"));
    if (label?.type === "element") label.properties.id = "note:label";
  });
}

/** Paragraphs that hold nothing but blanks, left behind when figures were taken out or the parser closed one early. */
export function dropEmptyParagraphs(tree: Root): void {
  const blank = (node: ElementContent | Root["children"][number]) =>
    isElement(node, "p") &&
    node.children.every((child) => child.type === "text" && child.value.trim() === "");
  tree.children = tree.children.filter((child) => !blank(child));
  eachElement(tree, (node) => {
    if (node.children.some(blank)) node.children = node.children.filter((child) => !blank(child));
  });
}
