/** Rewrites the author's raw HTML, before it is parsed, to allowed tags and text alone; each tag is closed where it belongs. */
import type { ElementContent, Root, RootContent } from "hast";
import {
  droppedElements,
  keptAttributes,
  keptElements,
  mediaElements,
  renamedElements,
  voidElements,
} from "./author-elements.ts";
import { placeOf, type RenderContext, refer, report } from "./context.ts";
import { renderLimits } from "./limits.ts";
import { type HtmlToken, scanHtml } from "./tag-scanner.ts";

type Raw = Extract<RootContent, { type: "raw" }>;

/** A tag of the author's that is open: what it was written as, what it became, and the node that holds it. */
interface OpenTag {
  readonly written: string;
  readonly emitted: string;
  readonly node: Raw;
}

/** Elements whose formatting the HTML parser would carry on into every later block: closed with the node they stand in. */
const formatting: ReadonlySet<string> = new Set(
  "a b big code em font i s small strike strong tt u".split(" "),
);
const closesItself: ReadonlySet<string> = new Set(["dd", "dt", "li", "p", "td", "th", "tr"]);
const inlineParents: ReadonlySet<string> = new Set(
  "a del em h1 h2 h3 h4 h5 h6 p strong sub sup td th".split(" "),
);

/**
 * Works on every `raw` node of `tree` but our own. Tags stay within the parent they were opened in, so that a post cannot
 * close the page's elements, and an unclosed tag cannot swallow or restyle what follows its block.
 */
export function rewriteAuthorHtml(tree: Root, context: RenderContext): void {
  rewriteChildren(tree.children, false, context);
}

function rewriteChildren(
  children: (RootContent | ElementContent)[],
  inline: boolean,
  context: RenderContext,
) {
  const open: OpenTag[] = [];
  for (const child of children) {
    if (child.type === "element") {
      rewriteChildren(child.children, inlineParents.has(child.tagName), context);
    } else if (child.type === "raw" && !context.ours.has(child)) {
      rewriteNode(child, open, context);
      if (!inline) child.value += closeFrom(open, firstFormatting(open));
    }
  }
  for (const tag of open) {
    // What follows an unclosed <details> would be folded away with it.
    if (tag.written === "details") tag.node.value = tag.node.value.replaceAll("<details>", "<details open>");
  }
  const rest = closeFrom(open, 0);
  if (rest !== "") children.push({ type: "raw", value: rest });
}

function rewriteNode(node: Raw, open: OpenTag[], context: RenderContext): void {
  const tokens = scanHtml(dropCode(node, context));
  node.value = "";
  for (const token of tokens) node.value += rewriteToken(token, open, node, context);
}

function rewriteToken(token: HtmlToken, open: OpenTag[], node: Raw, context: RenderContext): string {
  if (token.kind === "comment") return "";
  if (token.kind === "text") return token.text.replaceAll("<", "&lt;");
  const emitted = renamedElements[token.name] ?? token.name;
  if (keptElements.has(emitted)) {
    if (token.kind === "close") return closeTag(token.name, open);
    if (withinBudget(open, context)) return openTag(token, emitted, open, node, context);
  } else if (droppedElements.has(token.name)) {
    return token.kind === "close" ? "" : dropTag(token, node, context);
  }
  return escapeText(token.source);
}

type OpenToken = Extract<HtmlToken, { kind: "open" }>;

function openTag(token: OpenToken, emitted: string, open: OpenTag[], node: Raw, context: RenderContext) {
  const attributes = keptAttributes(token.name, token.attributes);
  if (emitted === "img" || emitted === "a") attributes["data-ref"] = refer(context, node.position);
  // A paragraph cannot hold the blocks that Markdown makes of its contents; a centred one becomes a division.
  const name = emitted === "p" && attributes.class !== undefined ? "div" : emitted;
  let before = "";
  if (closesItself.has(token.name) && open.at(-1)?.written === token.name)
    before = closeFrom(open, open.length - 1);
  if (!voidElements.has(name)) open.push({ written: token.name, emitted: name, node });
  const written = Object.entries(attributes).map(([key, value]) =>
    value === "" && key !== "alt" ? ` ${key}` : ` ${key}="${value.replaceAll('"', "&quot;")}"`,
  );
  return `${before}<${name}${written.join("")}>`;
}

/** Closes the nearest open tag that was written as `name`, with all inside it. A tag that closes nothing is left out. */
function closeTag(name: string, open: OpenTag[]): string {
  const index = open.findLastIndex((tag) => tag.written === name);
  return index === -1 ? "" : closeFrom(open, index);
}

function closeFrom(open: OpenTag[], index: number): string {
  return open
    .splice(index)
    .toReversed()
    .map((tag) => `</${tag.emitted}>`)
    .join("");
}

function firstFormatting(open: readonly OpenTag[]): number {
  const index = open.findIndex((tag) => formatting.has(tag.written));
  return index === -1 ? open.length : index;
}

function dropTag(token: OpenToken, node: Raw, context: RenderContext): string {
  reportDropped(token.name, node, context);
  const source = token.attributes.get("src") ?? null;
  if (!mediaElements.has(token.name) || source === null || !/^https?:\/\//iu.test(source)) return "";
  const address = source.replaceAll('"', "&quot;");
  return `<a href="${address}" data-ref="${refer(context, node.position)}">${escapeText(source)}</a>`;
}

/** Whole script and style elements hold no prose: they are cut out. Unclosed ones are treated like any other tag. */
function dropCode(node: Raw, context: RenderContext): string {
  const source = node.value;
  const ends = { script: lastEnd(source, "script"), style: lastEnd(source, "style") };
  let kept = "";
  let from = 0;
  for (const start of source.matchAll(/<(script|style)(?=[\s/>])/giu)) {
    const name = start[1]?.toLowerCase() === "script" ? "script" : "style";
    if (start.index < from || start.index > ends[name]) continue;
    const end = new RegExp(`</${name}[^>]*>`, "giu");
    end.lastIndex = start.index;
    if (end.exec(source) === null) continue;
    reportDropped(name, node, context);
    kept += source.slice(from, start.index);
    from = end.lastIndex;
  }
  return kept + source.slice(from);
}

/** Where the last complete end tag begins, or -1: looked up once, so that a thousand unclosed tags cost one search. */
function lastEnd(source: string, name: string): number {
  const lower = source.slice(0, source.lastIndexOf(">")).toLowerCase();
  return lower.lastIndexOf(`</${name}`);
}

function reportDropped(name: string, node: Raw, context: RenderContext): void {
  const span = placeOf(context, refer(context, node.position));
  const message = `<${name}> is left out of the review; the text inside it is kept unless it is code.`;
  const advice = "Say the same in Markdown, or remove the element.";
  report(context, { code: "dropped-element", severity: "info", message, advice }, span);
}

function withinBudget(open: readonly OpenTag[], context: RenderContext): boolean {
  context.spent.htmlTags += 1;
  return context.spent.htmlTags <= renderLimits.htmlTags && open.length < renderLimits.htmlDepth;
}

function escapeText(source: string): string {
  return source.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
