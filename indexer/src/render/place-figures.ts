/** Finds every picture of a review in reading order, lifts it out of its paragraph and puts a figure in its place. */
import type { Asset, Figure } from "@nonmun/core/model/paper";
import type { Element, ElementContent, Root, RootContent } from "hast";
import type { RenderContext } from "./context.ts";
import { element, isElement, oneLine, visibleText } from "./elements.ts";
import { makeFigure, type Picture } from "./figures.ts";

type Child = RootContent | ElementContent;

interface Placing {
  readonly pictures: { picture: Picture; readonly place: Element }[];
  /** Elements with a picture somewhere inside. */
  readonly holders: ReadonlySet<unknown>;
  nearestHeading: string | null;
}

const headings: readonly string[] = ["h1", "h2", "h3", "h4", "h5", "h6"];
const inline: readonly string[] =
  "a abbr b cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var".split(" ");

/**
 * Replaces each `img`. `title` is the heading that stands above the review's text, for pictures before its first heading.
 * Files are read one after the other: a post has few, and several posts are read at once.
 */
export async function placeFigures(
  tree: Root,
  title: string | null,
  context: RenderContext,
): Promise<{ readonly figures: readonly Figure[]; readonly assets: readonly Asset[] }> {
  const holders = new Set<unknown>();
  noteHolders(tree, holders);
  const placing: Placing = { pictures: [], holders, nearestHeading: title };
  tree.children = placeIn(tree.children, placing) as RootContent[];
  const figures: Figure[] = [];
  const assets = new Map<string, Asset>();
  for (const { picture, place } of placing.pictures) {
    const made = await makeFigure(picture, context);
    Object.assign(place, made.node);
    figures.push(made.figure);
    if (made.asset !== null) assets.set(made.asset.id, made.asset);
  }
  return { figures, assets: [...assets.values()] };
}

function noteHolders(node: Root | Child, holders: Set<unknown>): boolean {
  let holds = node.type === "element" && node.tagName === "img";
  if ("children" in node) for (const child of node.children) if (noteHolders(child, holders)) holds = true;
  if (holds) holders.add(node);
  return holds;
}

function placeIn(children: readonly Child[], placing: Placing): Child[] {
  return children.flatMap((child): Child[] => {
    if (child.type !== "element") return [child];
    const isHeading = headings.includes(child.tagName);
    if (isHeading) placing.nearestHeading = oneLine(visibleText(child)) || placing.nearestHeading;
    if (isElement(child, "figure")) return [authorFigure(child, placing)];
    if (!placing.holders.has(child)) return [child];
    if (isElement(child, "img")) return [place(child, null, placing)];
    if (isHeading || inline.includes(child.tagName)) return lift(child, null, placing);
    if (isElement(child, "p")) return splitParagraph(child, placing);
    const inside = placeIn(child.children, placing) as ElementContent[];
    child.children = isElement(child, "div") ? asRow(inside) : inside;
    return [child];
  });
}

/** A figure is a block and cannot stand inside a paragraph: the text before and after it become paragraphs of their own. */
function splitParagraph(paragraph: Element, placing: Placing): Child[] {
  const blocks: Child[] = [];
  let run: ElementContent[] = [];
  const flush = () => {
    if (run.some((node) => !isBlank(node))) blocks.push({ ...paragraph, children: run });
    run = [];
  };
  for (const child of paragraph.children) {
    if (child.type !== "element" || !placing.holders.has(child)) {
      run.push(child);
      continue;
    }
    const [first, ...rest] = isElement(child, "img")
      ? [place(child, null, placing)]
      : lift(child, null, placing);
    if (first !== undefined && isElement(first, "figure")) {
      flush();
      blocks.push(first, ...rest);
    } else {
      if (first !== undefined) run.push(first as ElementContent);
      flush();
      blocks.push(...rest);
    }
  }
  flush();
  return asRow(blocks);
}

/** Pictures that the author put side by side, with nothing but blanks between them, stay side by side. */
function asRow<Node extends Child>(blocks: readonly Node[]): Node[] {
  const figures = blocks.filter((block) => isElement(block, "figure"));
  const alone = blocks.every(
    (block) => isElement(block, "figure") || (block.type === "text" && block.value.trim() === ""),
  );
  if (figures.length < 2 || !alone) return [...blocks];
  return [element("div", { className: ["figure-row"] }, figures as Element[]) as Node];
}

/** An inline element or heading without its pictures, if anything is left of it, and then its pictures as figures. */
function lift(holder: Element, outerLink: string | null, placing: Placing): Child[] {
  const href = holder.properties.href;
  const link = isElement(holder, "a") && typeof href === "string" ? href : outerLink;
  const figures: Child[] = [];
  const takeOut = (children: readonly ElementContent[]): ElementContent[] =>
    children.flatMap((child): ElementContent[] => {
      if (child.type !== "element" || !placing.holders.has(child)) return [child];
      if (isElement(child, "img")) {
        figures.push(place(child, link, placing));
        return [];
      }
      const [rest, ...lifted] = lift(child, link, placing);
      const left = rest !== undefined && !isElement(rest, "figure") ? rest : null;
      figures.push(...(left === null && rest !== undefined ? [rest] : []), ...lifted);
      return left === null ? [] : [left as ElementContent];
    });
  holder.children = takeOut(holder.children);
  return isBlank(holder) ? figures : [holder, ...figures];
}

/** A figure that the author wrote: its caption goes to its last picture; without a picture it is an ordinary block. */
function authorFigure(figure: Element, placing: Placing): Element {
  const caption = figure.children.find((child) => isElement(child, "figcaption"));
  const rest = figure.children.filter((child) => child !== caption);
  const before = placing.pictures.length;
  const children = placeIn(rest, placing) as ElementContent[];
  const last = placing.pictures.length > before ? placing.pictures.at(-1) : undefined;
  if (caption?.type === "element") {
    const captionText = oneLine(visibleText(caption)) || null;
    if (last === undefined) children.push(element("p", {}, caption.children));
    else last.picture = { ...last.picture, caption: caption.children, captionText };
  }
  const { className } = figure.properties;
  return element("div", className === undefined ? {} : { className }, children);
}

function place(image: Element, link: string | null, placing: Placing): Element {
  const number = placing.pictures.length + 1;
  const figure = element("figure", {});
  const { nearestHeading } = placing;
  placing.pictures.push({
    picture: { image, caption: [], captionText: null, link, nearestHeading, number },
    place: figure,
  });
  return figure;
}

function isBlank(node: ElementContent): boolean {
  if (node.type === "text") return node.value.trim() === "";
  if (node.type !== "element" || node.tagName === "br") return true;
  return !["figure", "hr", "img", "math"].includes(node.tagName) && node.children.every(isBlank);
}
