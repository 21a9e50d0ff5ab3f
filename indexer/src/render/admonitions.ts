/** Docusaurus admonitions and other directives: `:::note` becomes a box, what is no directive at all stays text. */
import type { ElementContent } from "hast";
import type { Blockquote, Nodes } from "mdast";
import type {} from "remark-directive";
import { element } from "./elements.ts";
import type { State } from "./jsx.ts";
import type { ReviewWords } from "./review-words.ts";

export const admonitionKinds = ["note", "tip", "info", "important", "warning", "caution", "danger"] as const;
export type AdmonitionKind = (typeof admonitionKinds)[number];

export type Directive = Extract<Nodes, { type: "containerDirective" | "leafDirective" | "textDirective" }>;

export function admonitionKind(name: string): AdmonitionKind {
  return admonitionKinds.find((kind) => kind === name.toLowerCase()) ?? "note";
}

/**
 * A box with its title. Without one, the kind is the title, in the review's language, and the paragraph carries
 * `data-untitled`: a page may put its own word for `data-kind` there.
 *
 * `<div class="admonition admonition-note" role="note"><p class="admonition-title" data-kind="note" data-untitled>참고</p>…</div>`
 */
export function admonition(
  kind: AdmonitionKind,
  title: readonly (ElementContent | string)[],
  children: readonly ElementContent[],
  words: ReviewWords,
): ElementContent {
  const untitled = title.length === 0;
  const head = element(
    "p",
    { className: ["admonition-title"], dataKind: kind, ...(untitled ? { dataUntitled: "" } : {}) },
    untitled ? [words.admonitions[kind]] : title,
  );
  const className = ["admonition", `admonition-${kind}`];
  return element("div", { className, role: "note" }, [head, ...children]);
}

export function renderDirective(state: State, node: Directive, words: ReviewWords): ElementContent[] {
  if (node.type !== "containerDirective") {
    const marks = node.type === "leafDirective" ? "::" : ":";
    const text = inlineDirective(state, node, marks);
    return node.type === "leafDirective" ? [element("p", {}, text)] : text;
  }
  const [first, ...rest] = node.children;
  const label = first?.type === "paragraph" && first.data?.directiveLabel === true ? first : null;
  const children = state.all({ ...node, children: label === null ? node.children : rest });
  const known = admonitionKinds.some((kind) => kind === node.name.toLowerCase());
  const title: (ElementContent | string)[] = label === null ? [] : state.all(label);
  if (!known) title.unshift(title.length > 0 ? `${node.name}: ` : node.name);
  return [admonition(admonitionKind(node.name), title, children, words)];
}

/** A quotation; one that begins with `[!NOTE]` or the like, as GitHub writes its alerts, is an admonition. */
export function renderQuote(state: State, node: Blockquote, words: ReviewWords): ElementContent {
  const [first, ...rest] = node.children;
  const [text, ...others] = first?.type === "paragraph" ? first.children : [];
  const mark = text?.type === "text" ? /^\[!([A-Z]+)\][ \t]*(?:\n|$)/u.exec(text.value) : null;
  const kind = admonitionKinds.find((each) => each === mark?.[1]?.toLowerCase());
  if (first?.type !== "paragraph" || text?.type !== "text" || kind === undefined) {
    return element("blockquote", {}, state.wrap(state.all(node), true));
  }
  const said = { ...text, value: text.value.slice(mark?.[0].length) };
  const body: Blockquote = { ...node, children: [{ ...first, children: [said, ...others] }, ...rest] };
  return admonition(kind, [], state.all(body), words);
}

/** `시간:abc` in prose parses as a directive named `abc`: written back as it was. */
function inlineDirective(state: State, node: Directive, marks: string): ElementContent[] {
  const label = state.all(node);
  const attributes = Object.entries(node.attributes ?? {}).map(([key, value]) => {
    if (value === null || value === undefined || value === "") return key;
    return /\s/u.test(value) ? `${key}="${value}"` : `${key}=${value}`;
  });
  const text = (value: string): ElementContent => ({ type: "text", value });
  return [
    text(`${marks}${node.name}`),
    ...(label.length > 0 ? [text("["), ...label, text("]")] : []),
    ...(attributes.length > 0 ? [text(`{${attributes.join(" ")}}`)] : []),
  ];
}
