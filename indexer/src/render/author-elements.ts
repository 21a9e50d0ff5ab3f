/** The HTML elements and attributes that an author may write, as tags or as JSX, and what they become. */

/** Elements kept as they are. What is not HTML at all (`<think>`, `<BOI>`) is prose and stays visible as text. */
export const keptElements: ReadonlySet<string> = new Set(
  (
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 " +
    "hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th " +
    "thead tr u ul var wbr"
  ).split(" "),
);

/** Old or private spellings of kept elements. */
export const renamedElements: Readonly<Record<string, string>> = {
  big: "span",
  center: "div",
  font: "span",
  strike: "s",
  tt: "code",
};

export const voidElements: ReadonlySet<string> = new Set(["br", "col", "hr", "img", "wbr"]);

/** HTML, SVG and MathML elements that are left out, while the text inside them stays. */
export const droppedElements: ReadonlySet<string> = new Set(
  (
    "address animate annotation applet area article aside audio base basefont bdi bdo body button canvas circle data datalist " +
    "defs desc dialog ellipse embed fieldset foreignobject footer form frame frameset g head header hgroup html iframe image " +
    "input isindex label legend line lineargradient link listing main map marquee math menu merror meta meter mfrac mglyph mi mn mo mover mpadded " +
    "mphantom mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover nav nobr noembed " +
    "noframes noscript object optgroup option output param path pattern picture plaintext polygon polyline portal progress " +
    "radialgradient rect script search select semantics set slot source stop style svg switch symbol template text textarea textpath time title " +
    "track tspan use video xmp"
  ).split(" "),
);

/** Embedded media: not loaded; a link to it stands in its place. */
export const mediaElements: ReadonlySet<string> = new Set(["audio", "embed", "iframe", "video"]);

/** Whether a tag is none of HTML, SVG or MathML: `<think>` and `<BOI>` in prose are shown, and found, as they are written. */
export function isProseTag(name: string): boolean {
  const lower = name.toLowerCase();
  return !keptElements.has(lower) && !droppedElements.has(lower) && !Object.hasOwn(renamedElements, lower);
}

/** An attribute as written: its value, or null for one without a value. Names are in lower case. */
export type AuthorAttributes = ReadonlyMap<string, string | null>;

const plainAttributes: Readonly<Record<string, readonly string[]>> = {
  a: ["href", "title"],
  abbr: ["title"],
  col: ["span"],
  colgroup: ["span"],
  details: ["open"],
  img: ["src", "alt", "title"],
  li: ["value"],
  ol: ["start", "reversed"],
  td: ["colspan", "rowspan"],
  th: ["colspan", "rowspan", "scope"],
};

/**
 * Attributes that an author's element keeps, under their HTML names. Identifiers, names, classes, handlers and styles are
 * never among them; alignment and an image's width are read out of the style and kept as `class` and `data-width`.
 */
export function keptAttributes(name: string, attributes: AuthorAttributes): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const key of plainAttributes[name] ?? []) {
    const value = attributes.get(key);
    if (value !== undefined) kept[key] = value ?? "";
  }
  const style = attributes.get("style") ?? "";
  if (name === "img") {
    const width = imageWidth(attributes.get("width") ?? null, style);
    if (width !== null) kept["data-width"] = width;
  }
  const align = alignment(name, attributes.get("align") ?? null, style);
  if (align !== null) kept.class = `align-${align}`;
  return kept;
}

function alignment(name: string, align: string | null, style: string): string | null {
  const said =
    styleValue(style, "text-align") ?? align?.trim().toLowerCase() ?? (name === "center" ? "center" : null);
  return said !== null && /^(?:left|right|center|justify)$/u.test(said) ? said : null;
}

/** `500` (CSS pixels), `50%`, or `zoom 0.5` as Typora writes it; null when the author left it open. */
function imageWidth(attribute: string | null, style: string): string | null {
  const zoom = /^(\d{1,4}(?:\.\d{1,4})?)(%?)$/u.exec(styleValue(style, "zoom") ?? "");
  if (zoom !== null) return `zoom ${zoom[2] === "%" ? Number(zoom[1]) / 100 : Number(zoom[1])}`;
  const said = /^(\d{1,5}(?:\.\d{1,4})?)(px|%)?$/u.exec(
    (styleValue(style, "width") ?? attribute ?? "").trim(),
  );
  return said === null ? null : `${said[1]}${said[2] === "%" ? "%" : ""}`;
}

/** One declaration's value out of a style attribute, in lower case. */
function styleValue(style: string, property: string): string | null {
  for (const declaration of style.slice(0, 2_000).split(";")) {
    const colon = declaration.indexOf(":");
    if (colon > 0 && declaration.slice(0, colon).trim().toLowerCase() === property) {
      return declaration
        .slice(colon + 1)
        .trim()
        .toLowerCase();
    }
  }
  return null;
}
