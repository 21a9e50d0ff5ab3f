/** Who imports whom: every import of every file, with the place in the repository that it leads to. */
import { posix } from "node:path";
import ts from "typescript";
import { type CodeFile, placeOf, walkCode } from "./sources.ts";

export interface Import {
  readonly from: string;
  /** A path of the repository, `node:…`, or the name of a package. */
  readonly to: string;
  readonly kind: "ours" | "node" | "package";
  /** Erased before the program runs (`import type`). */
  readonly typeOnly: boolean;
  /** `path:line`. */
  readonly place: string;
}

/** The imports of all files, also the dynamic ones and those in types. */
export function importsOf(files: readonly CodeFile[]): readonly Import[] {
  return files.flatMap((file) => {
    const found: Import[] = [];
    walkCode(file.code, (node) => {
      const specifier = specifierOf(node);
      if (specifier === null) return;
      const to = leadsTo(file.path, specifier.text);
      found.push({ from: file.path, ...to, typeOnly: isErased(node), place: placeOf(file, node) });
    });
    return found;
  });
}

function specifierOf(node: ts.Node): ts.StringLiteralLike | null {
  const found =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : undefined;
  return found !== undefined && ts.isStringLiteralLike(found) ? found : null;
}

/** `import { type A }` stays as an import of nothing, so only whole `import type` and `export type` are erased. */
function isErased(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return ts.isImportTypeNode(node);
}

function leadsTo(from: string, specifier: string): Pick<Import, "to" | "kind"> {
  if (specifier.startsWith("node:")) return { to: specifier, kind: "node" };
  if (specifier.startsWith(".")) return { to: posix.join(posix.dirname(from), specifier), kind: "ours" };
  if (specifier.startsWith("#lib/")) return { to: `web/src/lib/${specifier.slice(5)}`, kind: "ours" };
  const room = /^@nonmun\/([^/]+)\/(.+)$/u.exec(specifier);
  if (room !== null) return { to: `${room[1]}/src/${room[2]}.ts`, kind: "ours" };
  return { to: specifier, kind: "package" };
}
