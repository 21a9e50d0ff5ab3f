/** Reads the attributes of a JSX element as data: literals, imported names, style objects. Nothing is evaluated. */
import type { Nodes } from "mdast";
import type {} from "remark-mdx";

export type JsxElement = Extract<Nodes, { type: "mdxJsxFlowElement" | "mdxJsxTextElement" }>;

/**
 * Attributes by lower-case name. An expression becomes the literal in it, or the path of the import that it names; one that
 * is neither is kept as its source in braces (`{images[0]}`), so that a message can show it. A style object becomes
 * declarations. Spread attributes are left out.
 */
export function jsxAttributes(
  node: JsxElement,
  imports: ReadonlyMap<string, string>,
): Map<string, string | null> {
  const attributes = new Map<string, string | null>();
  for (const attribute of node.attributes) {
    if (attribute.type !== "mdxJsxAttribute") continue;
    const name = attribute.name.toLowerCase();
    const value = attribute.value ?? null;
    if (value === null || typeof value === "string") attributes.set(name, value);
    else if (name === "style") attributes.set(name, declarations(value.value));
    else attributes.set(name, expressionText(value.value, imports) ?? `{${value.value}}`);
  }
  return attributes;
}

/** The text that an expression stands for when that can be seen without running it; null otherwise. */
export function expressionText(expression: string, imports: ReadonlyMap<string, string>): string | null {
  const source = expression.trim();
  if (source.length > 4_000) return null;
  const literal = /^(?:"([^"\\]*)"|'([^'\\]*)'|`([^`\\$]*)`|(-?\d+(?:\.\d+)?)|(true|false))$/u.exec(source);
  if (literal !== null) return literal.slice(1).find((part) => part !== undefined) ?? "";
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.(?:default|src))*$/u.test(source)) {
    return imports.get(source.split(".")[0] ?? "") ?? null;
  }
  // `require("./a.png").default` and Docusaurus' `useBaseUrl("/img/a.png")` name a file.
  const call = /^(?:require|useBaseUrl)\(\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\)(?:\.default)?$/u.exec(source);
  return call === null ? null : (call[1] ?? call[2] ?? null);
}

/** `{textAlign: 'center', width: 500}` as `text-align:center;width:500`. Values that are no literals are left out. */
function declarations(object: string): string {
  const pairs = object
    .slice(0, 2_000)
    .matchAll(/([A-Za-z][A-Za-z-]*)['"]?\s*:\s*(?:"([^"]*)"|'([^']*)'|(-?[\d.]+))/gu);
  return [...pairs]
    .map((pair) => {
      const property = (pair[1] ?? "").replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
      return `${property}:${pair[2] ?? pair[3] ?? pair[4] ?? ""}`;
    })
    .join(";");
}
