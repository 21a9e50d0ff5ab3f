/** Turns MDX nodes into HTML nodes: known elements and Docusaurus components as what they mean, the rest as its text. */
import type { ElementContent } from "hast";
import type { Nodes } from "mdast";
import type { defaultHandlers } from "remark-rehype";
import { admonition, admonitionKind } from "./admonitions.ts";
import { droppedElements, keptAttributes, keptElements, renamedElements } from "./author-elements.ts";
import { type RenderContext, refer, report, spanOf } from "./context.ts";
import { element } from "./elements.ts";
import { expressionText, type JsxElement, jsxAttributes } from "./jsx-attributes.ts";

export type State = Parameters<typeof defaultHandlers.paragraph>[0];
/** A handler as remark-rehype calls it; `Node` is the kind of node that it is registered for. */
export type Handler<Node> = (state: State, node: Node) => ElementContent[] | ElementContent | undefined;
export type Expression = Extract<Nodes, { type: "mdxFlowExpression" | "mdxTextExpression" }>;

/** Components that only wrap: their children are all there is to show. */
const transparent: ReadonlySet<string> = new Set(["BrowserOnly", "Columns", "Column", "Fragment", "Tabs"]);

export function renderJsx(state: State, node: JsxElement, context: RenderContext): ElementContent[] {
  const children = state.all(node);
  if (node.name === null || node.name === undefined) return children;
  const attributes = jsxAttributes(node, context.input.imports);
  const name = /^[A-Z]?[a-z]/u.test(node.name) ? node.name.toLowerCase() : node.name;
  const emitted = renamedElements[name] ?? name;
  if (node.name === "Tabs") return [element("div", { className: ["tabs"] }, children)];
  if (node.name === "TabItem")
    return [tab(attributes.get("label") ?? attributes.get("value") ?? "", children)];
  if (node.name === "Admonition") {
    const title = attributes.get("title") ?? null;
    const kind = admonitionKind(attributes.get("type") ?? "note");
    return [admonition(kind, title === null ? [] : [title], children, context.words)];
  }
  if (transparent.has(node.name)) return children;
  if (node.name === "Link" && !attributes.has("href")) attributes.set("href", attributes.get("to") ?? null);
  const known: Readonly<Record<string, string>> = { Image: "img", Img: "img", Link: "a", Details: "details" };
  const tagName = known[node.name] ?? emitted;
  if (
    keptElements.has(tagName) &&
    (node.name === node.name.toLowerCase() || known[node.name] !== undefined)
  ) {
    return [
      keptJsx(
        node,
        tagName,
        keptAttributes(tagName === emitted ? name : tagName, attributes),
        children,
        context,
      ),
    ];
  }
  if (node.name === node.name.toLowerCase() && !droppedElements.has(name)) return literally(node, children);
  reportUnknown(node, context);
  // Nothing inside them is read by people.
  if (name === "script" || name === "style") return [];
  return children.length > 0 || droppedElements.has(name) ? children : literally(node, children);
}

function keptJsx(
  node: JsxElement,
  tagName: string,
  attributes: Record<string, string>,
  children: ElementContent[],
  context: RenderContext,
): ElementContent {
  if (tagName === "img" || tagName === "a") attributes["data-ref"] = refer(context, node.position);
  // A <p> around blocks would be torn apart by the HTML parser, and its alignment lost with it.
  const name = tagName === "p" && node.type === "mdxJsxFlowElement" ? "div" : tagName;
  return element(name, attributes, children);
}

function tab(label: string, children: readonly ElementContent[]): ElementContent {
  return element("section", { className: ["tab"] }, [
    element("p", { className: ["tab-label"] }, [label]),
    ...children,
  ]);
}

/** `<think>` in prose is not markup: it is shown as it was written. */
function literally(node: JsxElement, children: readonly ElementContent[]): ElementContent[] {
  const texts = node.attributes.flatMap((attribute) => {
    if (attribute.type !== "mdxJsxAttribute") return [` {${attribute.value}}`];
    if (attribute.value === null || attribute.value === undefined) return [` ${attribute.name}`];
    const value = typeof attribute.value === "string" ? `"${attribute.value}"` : `{${attribute.value.value}}`;
    return [` ${attribute.name}=${value}`];
  });
  const tag = `${node.name}${texts.join("")}`;
  const text = (value: string): ElementContent => ({ type: "text", value });
  return children.length === 0
    ? [text(`<${tag} />`)]
    : [text(`<${tag}>`), ...children, text(`</${node.name}>`)];
}

/** An expression as the text that it stands for, nothing for a comment, or its source as code. */
export function renderExpression(node: Expression, context: RenderContext): ElementContent[] {
  if (/^\s*(?:\/\*(?:[^*]|\*(?!\/))*\*\/\s*)*$/u.test(node.value)) return [];
  const text = expressionText(node.value, new Map());
  if (text !== null && !/^(?:true|false)$/u.test(node.value.trim())) return [{ type: "text", value: text }];
  const message = `The expression {${node.value.slice(0, 60)}} is not run; it is shown as it is written.`;
  const advice =
    "Write the text itself, or put braces that are meant as such into `code` or behind a backslash.";
  report(context, { code: "expression-not-run", severity: "info", message, advice }, spanOf(node.position));
  return [{ type: "text", value: `{${node.value}}` }];
}

function reportUnknown(node: JsxElement, context: RenderContext): void {
  const message = `<${node.name}> is a component that Nonmun does not know; only the text inside it is shown.`;
  const advice = "Use Markdown, or one of: img, details, Tabs, TabItem, Admonition.";
  report(context, { code: "unknown-component", severity: "warning", message, advice }, spanOf(node.position));
}
