/** How each kind of Markdown node becomes HTML, where it differs from the usual: the handlers for remark-rehype. */
import type { ElementContent, Properties } from "hast";
import type {
  Blockquote,
  Code,
  Definition,
  FootnoteReference,
  Heading,
  Html,
  Image,
  ImageReference,
  Link,
  LinkReference,
  Nodes,
  Paragraph,
  RootContent,
} from "mdast";
import type {} from "remark-math";
import { defaultHandlers, type Options } from "remark-rehype";
import { type Directive, renderDirective, renderQuote } from "./admonitions.ts";
import { type RenderContext, refer, report, spanOf } from "./context.ts";
import { element, mayBeId } from "./elements.ts";
import { renderFormula } from "./formulae.ts";
import { type Expression, type Handler, renderExpression, renderJsx, type State } from "./jsx.ts";
import type { JsxElement } from "./jsx-attributes.ts";
import { renderLimits } from "./limits.ts";

type Formula = Extract<Nodes, { type: "math" | "inlineMath" }>;

/**
 * Handlers that close over one rendering. They put `data-ref` on links and pictures, so that the later passes, which work
 * on the parsed HTML, can still say where in the post something stands.
 */
export function handlersFor(context: RenderContext): NonNullable<Options["handlers"]> {
  const jsx: Handler<JsxElement> = (state, node) => renderJsx(state, node, context);
  const expression: Handler<Expression> = (_state, node) => renderExpression(node, context);
  const directive = (state: State, node: Directive) => renderDirective(state, node, context.words);
  const formula = (node: Formula, display: boolean) =>
    renderFormula({ value: node.value, position: node.position, display }, context);
  return {
    mdxJsxFlowElement: jsx,
    mdxJsxTextElement: jsx,
    mdxFlowExpression: expression,
    mdxTextExpression: expression,
    mdxjsEsm: () => undefined,
    containerDirective: directive,
    blockquote: (state: State, node: Blockquote) => renderQuote(state, node, context.words),
    leafDirective: directive,
    textDirective: directive,
    math: (_state: State, node: Formula) => formula(node, true),
    paragraph: (state: State, node: Paragraph) => {
      const alone = displayedFormula(node);
      return alone === null ? defaultHandlers.paragraph(state, node) : formula(alone, true);
    },
    inlineMath: (_state: State, node: Formula) => formula(node, false),
    code: (_state: State, node: Code) => renderCode(node, context),
    heading: (state: State, node: Heading) => renderHeading(state, node, context),
    html: (_state: State, node: Html): ElementContent => raw(node),
    image: (_state: State, node: Image) => renderImage(node, node.alt, node.position, context),
    imageReference: (state: State, node: ImageReference) => renderImageReference(state, node, context),
    link: (state: State, node: Link) => renderLink(node, state.all(node), node.position, context),
    linkReference: (state: State, node: LinkReference) => renderLinkReference(state, node, context),
    footnoteReference: renderFootnoteReference,
  };
}

/**
 * The formula of a paragraph that is nothing but `$$ … $$` on one line. The parser takes that for inline, because its own
 * displayed form has the dollars on lines of their own; most authors and editors mean it to be displayed.
 */
function displayedFormula({ children }: Paragraph): Formula | null {
  const [only, ...others] = children.filter((child) => child.type !== "text" || child.value.trim() !== "");
  if (only?.type !== "inlineMath" || others.length > 0) return null;
  const { start, end } = only.position ?? {};
  const length = (end?.offset ?? 0) - (start?.offset ?? 0);
  return length >= only.value.length + 4 ? only : null;
}

type Position = RootContent["position"];
type Target = Pick<Definition, "url" | "title">;

/** `raw` keeps its position, so that problems in it have a place. */
function raw(node: Html): ElementContent {
  const position = node.position === undefined ? {} : { position: node.position };
  return { type: "raw", value: node.value, ...position };
}

function renderHeading(state: State, node: Heading, context: RenderContext): ElementContent {
  const depth = Math.min(6, Math.max(2, node.depth + context.headingShift));
  const anchor = context.input.anchors.get(node.position?.start.offset ?? -1);
  const properties = anchor !== undefined && mayBeId(anchor) ? { id: anchor } : {};
  return element(`h${depth}`, properties, state.all(node));
}

function renderCode(node: Code, context: RenderContext): ElementContent {
  const language = (node.lang ?? "").toLowerCase();
  if (language === "math") return renderFormula({ ...node, display: true }, context);
  const properties: Properties = {};
  if (/^[a-z0-9+#-]{1,30}$/u.test(language)) properties.className = [`language-${language}`];
  if (node.value.length > renderLimits.highlightedCode) properties.className = ["no-highlight"];
  return element("pre", { tabIndex: 0 }, [element("code", properties, [`${node.value}\n`])]);
}

function renderImage(
  target: Target,
  alt: string | null | undefined,
  position: Position,
  context: RenderContext,
) {
  const properties: Properties = { src: target.url, alt: alt ?? "", dataRef: refer(context, position) };
  if (target.title) properties.title = target.title;
  return element("img", properties);
}

function renderLink(target: Target, children: ElementContent[], position: Position, context: RenderContext) {
  const properties: Properties = { href: target.url, dataRef: refer(context, position) };
  if (target.title) properties.title = target.title;
  return element("a", properties, children);
}

function renderImageReference(state: State, node: ImageReference, context: RenderContext): ElementContent[] {
  const target = lookUp(state, node, context);
  if (target !== null) return [renderImage(target, node.alt, node.position, context)];
  return [{ type: "text", value: `![${node.alt ?? node.label ?? ""}]${suffix(node)}` }];
}

function renderLinkReference(state: State, node: LinkReference, context: RenderContext): ElementContent[] {
  const target = lookUp(state, node, context);
  const children = state.all(node);
  if (target !== null) return [renderLink(target, children, node.position, context)];
  return [{ type: "text", value: "[" }, ...children, { type: "text", value: `]${suffix(node)}` }];
}

/** The mark of a footnote; one whose text is too long to be repeated here, or missing, stays as it is written. */
function renderFootnoteReference(state: State, node: FootnoteReference): ElementContent {
  if (state.footnoteById.has(node.identifier.toUpperCase()))
    return defaultHandlers.footnoteReference(state, node);
  return { type: "text", value: `[^${node.label ?? node.identifier}]` };
}

/** The definition of a reference; null, so that its text is shown, when there is none or the budget is spent. */
function lookUp(state: State, node: LinkReference | ImageReference, context: RenderContext): Target | null {
  const definition = state.definitionById.get(node.identifier.toUpperCase());
  if (definition === undefined) return null;
  context.spent.referencedUrls += definition.url.length + (definition.title?.length ?? 0);
  if (context.spent.referencedUrls <= renderLimits.referencedUrls) return definition;
  const message = "The link references of this review expand to too much text; the rest is shown as text.";
  const advice = "Use shorter addresses, or fewer references to them.";
  report(
    context,
    { code: "too-many-references", severity: "warning", message, advice },
    spanOf(node.position),
  );
  return null;
}

function suffix(node: LinkReference | ImageReference): string {
  if (node.referenceType === "collapsed") return "[]";
  return node.referenceType === "full" ? `[${node.label ?? node.identifier}]` : "";
}
