/** What the code keeps away from: settings and exits outside of the rooms for them, holes in the types, tests left out. */
import ts from "typescript";
import { expect, test } from "vitest";
import { beyond, type Finding } from "./allowed.ts";
import { type CodeFile, codeFiles, isTestMaterial, placeOf, textFiles, walkCode } from "./sources.ts";

const files = codeFiles(textFiles());

test("only cli, scripts and tests read the environment or end the process", () => {
  const findings = files
    .filter(({ path }) => !/^(cli|scripts)\//u.test(path) && !isTestMaterial(path))
    .flatMap((file) => members(file, "process", ["env", "exit", "exitCode"]));
  expect(
    beyond(findings, {
      "web/src/lib/server/api-bridge.ts":
        "vite dev runs the page without cli; NONMUN_API says where the API is",
    }),
  ).toEqual([]);
});

test("core's inner rooms have no clock and no randomness", () => {
  const findings = files
    .filter(({ path }) => /^core\/src\/(model|text|search|ports)\//u.test(path) && !isTestMaterial(path))
    .flatMap((file) => [
      ...members(file, "Date", ["now"]),
      ...members(file, "Math", ["random"]),
      ...members(file, "performance", ["now"]),
      ...members(file, "crypto", ["randomUUID", "getRandomValues"]),
      ...nodes(file, (node) => ts.isNewExpression(node) && nameOf(node.expression) === "Date"),
    ]);
  expect(beyond(findings)).toEqual([]);
});

test("nothing is of the type any", () => {
  const findings = files.flatMap((file) => nodes(file, (node) => node.kind === ts.SyntaxKind.AnyKeyword));
  const inMarkup = files
    .filter(({ path, text }) => path.endsWith(".svelte") && /\bas any\b/u.test(text))
    .map(({ path }) => ({ about: path, says: path }));
  expect(beyond([...findings, ...inMarkup])).toEqual([]);
});

test("no remark tells the type checker to look away", () => {
  const findings = files
    .filter(({ text }) => /@ts-(?:ignore|nocheck|expect-error)/u.test(text))
    .map(({ path }) => ({ about: path, says: path }));
  expect(beyond(findings)).toEqual([]);
});

test("a rule of the linter is switched off only with its reason", () => {
  const findings = files.flatMap(({ path, text }) =>
    [...text.matchAll(/\/\/ biome-ignore[^\n]*/gu)]
      .map(([remark]) => remark)
      .filter((remark) => !/: (?:\S+ ){3,}/u.test(remark))
      .map((remark) => ({ about: path, says: `${path} has ${remark}` })),
  );
  expect(beyond(findings)).toEqual([]);
});

test("no test runs alone, and none is left out without words beside it", () => {
  const findings = files.filter(({ path }) => isTestMaterial(path)).flatMap(leftOut);
  expect(beyond(findings)).toEqual([]);
});

/** `test.only`, and `test.skip`, `skipIf`, `runIf`, `todo` without a comment above or a message that is printed with it. */
function leftOut(file: CodeFile): readonly Finding[] {
  return nodes(file, (node) => {
    if (!ts.isPropertyAccessExpression(node)) return false;
    if (!["describe", "it", "suite", "test"].includes(rootOf(node) ?? "")) return false;
    if (node.name.text === "only") return true;
    return /^(skip|skipIf|runIf|todo)$/u.test(node.name.text) && !hasWords(file, node);
  });
}

/** A comment on the line above, words in the test's own name, or a message of the file that is printed with it. */
function hasWords(file: CodeFile, node: ts.Node): boolean {
  const { line } = file.code.getLineAndCharacterOfPosition(node.getStart(file.code));
  const lines = file.text.split("\n");
  return (
    /^\s*(\/\/|\*|\/\*)/u.test(lines[line - 1] ?? "") ||
    /\(skipped [^)"]+\)/u.test(lines[line] ?? "") ||
    /(console\.warn|stderr\.write)\(\W{0,3}skipped:/iu.test(file.text)
  );
}

/** Where `object.member` is used, also as `const { member } = object`. */
function members(file: CodeFile, object: string, names: readonly string[]): readonly Finding[] {
  return nodes(file, (node) => {
    if (ts.isPropertyAccessExpression(node))
      return nameOf(node.expression) === object && names.includes(node.name.text);
    return (
      ts.isVariableDeclaration(node) &&
      ts.isObjectBindingPattern(node.name) &&
      node.initializer !== undefined &&
      nameOf(node.initializer) === object &&
      node.name.elements.some(({ name, propertyName }) => names.includes((propertyName ?? name).getText()))
    );
  });
}

function nodes(file: CodeFile, isWrong: (node: ts.Node) => boolean): readonly Finding[] {
  const found: Finding[] = [];
  walkCode(file.code, (node) => {
    if (!isWrong(node)) return;
    found.push({ about: file.path, says: `${placeOf(file, node)} has ${node.getText().split("\n")[0]}` });
  });
  return found;
}

/** The name of `process`, also in `globalThis.process`. */
function nameOf(node: ts.Expression): string | null {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) && nameOf(node.expression) === "globalThis"
    ? node.name.text
    : null;
}

/** `it` of `it.concurrent.skip`. */
function rootOf(node: ts.Expression): string | null {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) ? rootOf(node.expression) : null;
}
