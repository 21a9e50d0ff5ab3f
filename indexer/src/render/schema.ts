/** What may stand in a review: the sanitiser's list, which has the last word on everything that a page is given. */
import type { Options as Schema } from "rehype-sanitize";
import { admonitionKinds } from "./admonitions.ts";
import { keptElements } from "./author-elements.ts";

const mathElements = (
  "math semantics annotation menclose merror mfrac mi mn mo mover mpadded mphantom mroot mrow ms mspace msqrt mstyle msub " +
  "msubsup msup mtable mtd mtext mtr munder munderover"
).split(" ");

const align = ["className", "align-left", "align-right", "align-center", "align-justify"] as const;

/** Sizes in TeX of up to 99 em, say: with more, a formula would lie over the rest of the page. */
const length = /^[+-]?(?:\d{1,2}(?:\.\d+)?|\.\d+)(?:em|ex|px|pt|%)?$/u;
const lengths = /^(?:(?:\d{1,2}(?:\.\d+)?|\.\d+)(?:em|ex|px|pt|%)? ?){1,200}$/u;
const color = /^(?:#[\da-f]{3,8}|[a-z]{1,30})$/iu;

/**
 * Nothing is taken over from a default schema: an element or attribute that is not named here does not get through. There is
 * no `style`, no handler, no `name`, no form control but a task list's box, and no picture from anywhere but `/assets/`.
 * Identifiers are not prefixed: all that are left are ours (see `renderHeading`).
 */
export const reviewSchema: Schema = {
  tagNames: [...keptElements, ...mathElements, "input"],
  // `code` and the like inside a forbidden element stay as text; of these nothing stays.
  strip: ["script", "style"],
  clobber: [],
  ancestors: {
    caption: ["table"],
    col: ["table"],
    colgroup: ["table"],
    figcaption: ["figure"],
    tbody: ["table"],
    td: ["table"],
    tfoot: ["table"],
    th: ["table"],
    thead: ["table"],
    tr: ["table"],
  },
  protocols: { href: ["http", "https", "mailto"], dataRemoteImage: ["http", "https"] },
  required: { input: { type: "checkbox", disabled: true } },
  attributes: {
    "*": [],
    a: [
      "href",
      "title",
      "rel",
      "dataPostLink",
      "dataRemoteImage",
      "dataFootnoteBackref",
      "dataFootnoteRef",
      "ariaDescribedBy",
      "ariaLabel",
      ["id", /^note:fnref-/u],
      ["className", "remote-image", "data-footnote-backref"],
    ],
    abbr: ["title"],
    blockquote: [[...align]],
    code: [["className", /^(?:hljs|language-[a-z0-9+#-]{1,30}|no-highlight|math-source)$/u]],
    col: ["span"],
    colgroup: ["span"],
    details: ["open"],
    div: [
      [
        "className",
        /^(?:align-(?:left|right|center|justify)|tabs|table-scroll|math-block|figure-row|admonition)$/u,
        ...admonitionKinds.map((kind) => `admonition-${kind}`),
      ],
      ["role", "note", "region"],
      ["tabIndex", 0],
      "ariaLabel",
    ],
    figure: [
      ["id", /^figure:\d+$/u],
      ["className", /^(?:figure-(?:stored|missing|remote)|align-(?:left|right|center|justify))$/u],
    ],
    ...Object.fromEntries(["h1", "h2", "h3", "h4", "h5", "h6"].map((name) => [name, ["id", [...align]]])),
    h2: ["id", ["className", ...align.slice(1), "sr-only"]],
    img: [
      ["src", /^\/assets\/[0-9a-f]{32}\.[a-z0-9]{2,5}$/u],
      "alt",
      "width",
      "height",
      ["loading", "lazy"],
      ["decoding", "async"],
      ["className", /^width-\d+$/u],
    ],
    input: ["type", "disabled", "checked"],
    li: ["value", ["id", /^note:fn-/u], ["className", "task-list-item"]],
    ol: ["start", "reversed", ["className", "contains-task-list"]],
    p: [
      ["className", "admonition-title", "tab-label", "missing-image"],
      ["dataKind", ...admonitionKinds],
      "dataUntitled",
    ],
    pre: [["tabIndex", 0]],
    section: ["dataFootnotes", ["className", "footnotes", "tab"]],
    span: [
      "id",
      ["className", /^(?:hljs-[a-z_]+|anchor|math-inline|katex|figure-number|remote-host|[a-z]+_)$/u],
    ],
    td: ["colSpan", "rowSpan", [...align]],
    th: ["colSpan", "rowSpan", "scope", [...align]],
    ul: [["className", "contains-task-list"]],
    math: ["xmlns", ["display", "block"]],
    annotation: [["encoding", "application/x-tex"]],
    menclose: ["notation"],
    mfrac: [["linethickness", length]],
    mi: ["mathvariant", ["mathcolor", color]],
    mn: ["mathvariant", ["mathcolor", color]],
    mo: [
      "accent",
      "fence",
      "form",
      "largeop",
      ["lspace", length],
      ["mathcolor", color],
      "mathvariant",
      ["maxsize", length],
      ["minsize", length],
      "movablelimits",
      ["rspace", length],
      "separator",
      "stretchy",
      "symmetric",
    ],
    mover: ["accent"],
    mpadded: sized("depth", "height", "lspace", "voffset", "width"),
    mspace: ["linebreak", ...sized("depth", "height", "width")],
    mstyle: [
      "displaystyle",
      ["mathbackground", color],
      ["mathcolor", color],
      ["mathsize", length],
      ["scriptlevel", /^[+-]?\d$/u],
    ],
    mtable: [
      "columnalign",
      "columnlines",
      ["columnspacing", lengths],
      "frame",
      "rowlines",
      ["rowspacing", lengths],
      ["width", length],
    ],
    mtd: ["columnspan"],
    mtext: ["mathvariant", ["mathcolor", color]],
    munder: ["accentunder"],
  },
};

function sized(...names: readonly string[]): [string, RegExp][] {
  return names.map((name) => [name, length]);
}
