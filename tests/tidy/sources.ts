/** The files of the repository as the tidy tests see them: path, text, and the parsed code of those that hold code. */
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import ts from "typescript";

export interface TextFile {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A file whose text is TypeScript or JavaScript, or a component with its script. */
export interface CodeFile extends TextFile {
  readonly code: ts.SourceFile;
}

const root = join(import.meta.dirname, "../..");
const folders = [
  ".ci",
  "api",
  "cli",
  "core",
  "data/glossary",
  "data/lexicon",
  "docs",
  "eval",
  "indexer",
  "scripts",
  "tests",
  "web",
];
/** Made by tools, or posts that stand for what people write; neither is written in the house's style. */
const foreign = new Set([".cache", ".git", ".svelte-kit", "build", "fixtures", "node_modules"]);
const readable = new Set([
  "",
  ".css",
  ".html",
  ".js",
  ".json",
  ".md",
  ".mjs",
  ".svelte",
  ".ts",
  ".txt",
  ".yaml",
]);
const withCode = new Set([".js", ".mjs", ".svelte", ".ts"]);

/** Every text file that the project's people write, by path. Read from the disk: a new file counts before it is committed. */
export function textFiles(): readonly TextFile[] {
  const paths = [...namesIn("."), ...folders.flatMap(walk)].filter((path) => readable.has(extname(path)));
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** Source files alone: what the rules of style are about. */
export function sourceFiles(files: readonly TextFile[]): readonly TextFile[] {
  return files.filter(({ path }) => withCode.has(extname(path)) || path.endsWith(".css"));
}

export function codeFiles(files: readonly TextFile[]): readonly CodeFile[] {
  return files
    .filter(({ path }) => withCode.has(extname(path)))
    .map((file) => {
      const script = file.path.endsWith(".svelte") ? scriptsOf(file.text) : file.text;
      return { ...file, code: ts.createSourceFile(file.path, script, ts.ScriptTarget.Latest, true) };
    });
}

/** Files that serve tests alone, by their place or name; the product never loads them. */
export function isTestMaterial(path: string): boolean {
  return (
    path.startsWith("tests/") ||
    /\.test\.ts$|\.contract(-\w+)?\.ts$|\.fixtures\.ts$|-for-tests\.ts$|\/testing\//u.test(path) ||
    testMaterial.has(path)
  );
}

const testMaterial = new Set([
  "core/src/search/sample-index.ts",
  "indexer/src/markdown/golden.ts",
  "indexer/src/render/hostile-posts.ts",
  "indexer/src/render/parse-fixture.ts",
]);

/** Calls `visit` with every node of a file, parents first. */
export function walkCode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walkCode(child, visit));
}

/** `path:line` of a node, with the line of the file as people see it. */
export function placeOf(file: CodeFile, node: ts.Node): string {
  const { line } = file.code.getLineAndCharacterOfPosition(node.getStart(file.code));
  return `${file.path}:${line + 1}`;
}

/** The scripts of a component with everything else blanked, so that lines keep their numbers. */
function scriptsOf(component: string): string {
  let result = "";
  let end = 0;
  for (const match of component.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/gu)) {
    const start = match.index + match[0].indexOf(">") + 1;
    const script = match[1] ?? "";
    result += component.slice(end, start).replace(/[^\n]/gu, " ") + script;
    end = start + script.length;
  }
  return result;
}

function walk(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return foreign.has(entry.name) ? [] : walk(path);
    return entry.isFile() ? [path] : [];
  });
}

/** The files of one folder, without what is generated. */
function namesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "pnpm-lock.yaml")
    .map((entry) => entry.name);
}
