/** HTML by template: whatever is put in is escaped, unless it is markup itself. */

export interface Markup {
  readonly markup: string;
}

export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Markup | readonly Markup[])[]
): Markup {
  return {
    markup: parts.map((part, i) => part + (i < values.length ? write(values[i] ?? "") : "")).join(""),
  };
}

/** Markup as written here, never anything from outside. */
export function raw(markup: string): Markup {
  return { markup };
}

/** A sentence in which what stands between backticks is code. */
export function sentence(text: string): Markup {
  const pieces = text
    .split("`")
    .map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`));
  return raw(pieces.map((piece) => piece.markup).join(""));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function write(value: string | Markup | readonly Markup[]): string {
  if (typeof value === "string") return value.replace(/[&<>"']/gu, (char) => entities[char] ?? char);
  return "markup" in value ? value.markup : value.map((one) => one.markup).join("\n");
}
