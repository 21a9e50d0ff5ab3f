/** Finds which files the `import` lines of a post name. They are read as data: nothing is loaded or run. */
import type { Root } from "mdast";
// Types of the nodes that MDX adds to mdast, with the syntax tree of each import line.
import type {} from "remark-mdx";

/** Local names of default imports to what they name: `img0` -> `./asset/img0.png`. */
export function importsOf(tree: Root): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  for (const node of tree.children) {
    if (node.type !== "mdxjsEsm") continue;
    for (const statement of node.data?.estree?.body ?? []) {
      if (statement.type !== "ImportDeclaration" || typeof statement.source.value !== "string") continue;
      for (const specifier of statement.specifiers) {
        if (specifier.type === "ImportDefaultSpecifier")
          imports.set(specifier.local.name, statement.source.value);
      }
    }
  }
  return imports;
}
