/** The link and footnote definitions of a post: taken out of where they stand, and given to whatever refers to them. */
import type { Definition, FootnoteDefinition, FootnoteReference, Nodes, Root, RootContent } from "mdast";
import { visit } from "unist-util-visit";
import type { Reporter } from "./diagnostic-codes.ts";
import { eachNode } from "./each-node.ts";
import type { LinkTargets } from "./heading-line.ts";
import { rangeOf, spanOf } from "./place.ts";

export interface Definitions {
  /** Addresses by identifier; the first definition of an identifier counts, as in CommonMark. */
  readonly targets: LinkTargets;
  /** Footnotes cited in `nodes`, and in footnotes cited there, in the order of their first citation. */
  footnotesIn(nodes: readonly Nodes[]): readonly FootnoteDefinition[];
  /** The definitions that rendering `nodes` needs, footnotes included. */
  neededBy(nodes: readonly Nodes[]): Root;
}

/** Footnotes that several reviews cite are in each of them, up to so many UTF-16 code units of source in all. */
const copiesMax = 400_000;

/**
 * Takes the definitions out of `tree`. A footnote that is cited nowhere, or defined a second time, is no footnote on a page:
 * it stays where it stands, as text, and is reported.
 */
export function takeDefinitions(tree: Root, report: Reporter["report"]): Definitions {
  const links = new Map<string, Definition>();
  const footnotes = new Map<string, FootnoteDefinition>();
  const doubles = new Set<FootnoteDefinition>();
  eachNode(tree, (node) => {
    if (node.type === "definition" && !links.has(node.identifier)) links.set(node.identifier, node);
    if (node.type !== "footnoteDefinition") return;
    if (footnotes.has(node.identifier)) doubles.add(node);
    else footnotes.set(node.identifier, node);
  });
  const cited = citedFrom(tree, footnotes);
  const uncited = [...footnotes.values(), ...doubles].filter((note) => !cited.has(note) || doubles.has(note));
  for (const note of uncited) reportUncited(note, doubles.has(note), report);
  if (links.size + footnotes.size > 0) dissolve(tree, new Set<Nodes>(uncited));
  const spent = new Map<FootnoteDefinition, number>();
  let copied = 0;

  /** Whether the footnote may stand in one more review. */
  function affordable(note: FootnoteDefinition): boolean {
    const { start, end } = rangeOf(note);
    const times = spent.get(note) ?? 0;
    if (times > 0 && copied + end - start > copiesMax) return false;
    spent.set(note, times + 1);
    if (times > 0) copied += end - start;
    return true;
  }

  const known = new WeakMap<readonly Nodes[], readonly FootnoteDefinition[]>();
  function footnotesIn(nodes: readonly Nodes[]): readonly FootnoteDefinition[] {
    const found = known.get(nodes) ?? follow(nodes, footnotes).filter(affordable);
    known.set(nodes, found);
    return found;
  }
  return {
    targets: new Map([...links].map(([identifier, { url }]) => [identifier, url])),
    footnotesIn,
    neededBy(nodes) {
      const notes = footnotesIn(nodes);
      const needed = new Set<RootContent>();
      for (const identifier of links.size === 0 ? [] : referencesIn([...nodes, ...notes])) {
        const link = links.get(identifier);
        if (link !== undefined) needed.add(link);
      }
      return { type: "root", children: [...needed, ...notes] };
    },
  };
}

type Footnotes = ReadonlyMap<string, FootnoteDefinition>;

/** Footnotes that are shown somewhere; one that no text cites becomes text itself, and what it cites is cited then. */
function citedFrom(tree: Root, footnotes: Footnotes): ReadonlySet<FootnoteDefinition> {
  if (footnotes.size === 0) return new Set();
  const outside: RootContent[] = [];
  visit(tree, (node: Nodes) => {
    if (node.type === "footnoteDefinition") return "skip";
    if (node.type === "footnoteReference") outside.push(node);
    return undefined;
  });
  const cited = new Set(follow(outside, footnotes));
  for (const note of footnotes.values()) {
    if (cited.has(note)) continue;
    for (const further of follow(note.children, footnotes)) if (further !== note) cited.add(further);
  }
  return cited;
}

/** Footnotes cited from `nodes`, directly or from one another, each once. */
function follow(nodes: readonly Nodes[], footnotes: Footnotes): readonly FootnoteDefinition[] {
  if (footnotes.size === 0) return [];
  const found = new Set<FootnoteDefinition>();
  const queue: (readonly Nodes[])[] = [nodes];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const reference of citationsIn(next)) {
      const note = footnotes.get(reference.identifier);
      if (note === undefined || found.has(note)) continue;
      found.add(note);
      queue.push(note.children);
    }
  }
  return [...found];
}

export function citationsIn(nodes: readonly Nodes[]): readonly FootnoteReference[] {
  const found: FootnoteReference[] = [];
  for (const node of nodes) {
    eachNode(node, (each) => {
      if (each.type === "footnoteReference") found.push(each);
    });
  }
  return found;
}

function referencesIn(nodes: readonly Nodes[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of nodes) {
    eachNode(node, (each) => {
      if (each.type === "linkReference" || each.type === "imageReference") found.add(each.identifier);
    });
  }
  return found;
}

/** Takes definitions out of a tree; those in `kept` leave their content behind, with their label as it is written. */
function dissolve(tree: Root, kept: ReadonlySet<Nodes>): void {
  eachNode(tree, (node) => {
    if (!("children" in node) || !node.children.some(isDefinition)) return;
    // Only parents of blocks hold definitions, and their content may be any block.
    const parent = node as Root;
    parent.children = parent.children.flatMap((child): readonly RootContent[] => {
      if (!isDefinition(child)) return [child];
      return child.type === "footnoteDefinition" && kept.has(child) ? asText(child) : [];
    });
  });
}

function isDefinition(node: Nodes): node is Definition | FootnoteDefinition {
  return node.type === "definition" || node.type === "footnoteDefinition";
}

/** A footnote as the text that it is: `[^label]: …`. */
export function asText(note: FootnoteDefinition): readonly RootContent[] {
  const [first, ...others] = note.children;
  const start = note.position?.start;
  const end = first?.position?.start ?? note.position?.end;
  const position = start === undefined || end === undefined ? {} : { position: { start, end } };
  const label = { type: "text" as const, value: `[^${note.label ?? note.identifier}]: `, ...position };
  if (first?.type !== "paragraph")
    return [{ type: "paragraph", children: [label], ...position }, ...note.children];
  const whole =
    start === undefined || first.position === undefined
      ? {}
      : { position: { start, end: first.position.end } };
  return [{ ...first, ...whole, children: [label, ...first.children] }, ...others];
}

function reportUncited(note: FootnoteDefinition, double: boolean, report: Reporter["report"]): void {
  const label = `[^${note.label ?? note.identifier}]`;
  report({
    code: "unused-footnote",
    span: spanOf(note),
    message: double
      ? `The footnote ${label} is defined twice; this one is shown as text where it stands.`
      : `The footnote ${label} is cited nowhere, so it is shown as text where it stands.`,
    advice: double
      ? "Give it a label of its own, and cite that."
      : `Write ${label} where it belongs, or take the footnote out.`,
  });
}
