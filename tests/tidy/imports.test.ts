/** The direction of imports between the rooms, what core's inner rooms keep out, and no cycles or barrels. */
import ts from "typescript";
import { expect, test } from "vitest";
import { beyond } from "./allowed.ts";
import { type Import, importsOf } from "./imports.ts";
import { codeFiles, isTestMaterial, textFiles } from "./sources.ts";

const files = codeFiles(textFiles());
const imports = importsOf(files);
const shipped = imports.filter(({ from }) => !isTestMaterial(from));

/**
 * The rooms that a room's product code may import, itself apart. `core/contract` is what travels between api and page,
 * `core/config` the one parser of settings. `scripts` start, test and tune the product, so they may use all of it.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "core/model": [],
  "core/contract": ["core/model"],
  "core/config": ["core/model"],
  "core/text": ["core/model", "core/contract"],
  "core/ports": ["core/model", "core/contract"],
  "core/search": ["core/model", "core/contract", "core/text", "core/ports"],
  "core/adapters": ["core/model", "core/text", "core/ports"],
  indexer: ["core/model", "core/text", "core/ports"],
  api: ["core/model", "core/contract", "core/text", "core/ports", "core/search"],
  eval: ["core/model", "core/contract", "core/ports", "core/search"],
  web: ["core/model", "core/contract"],
  // The published site has no server: its search runs in the browser.
  "web/published": ["core/contract", "core/ports", "core/search", "core/adapters"],
  cli: [
    "core/model",
    "core/contract",
    "core/config",
    "core/text",
    "core/ports",
    "core/search",
    "core/adapters",
    "indexer",
    "api",
    "eval",
    "scripts",
  ],
  scripts: ["core/ports", "core/search", "core/adapters", "indexer", "eval", "tests"],
};

/** Tests of a room run it with the memory store and the hash embedder, so they may reach the adapters too. */
const testsMayAlsoImport = ["core/adapters", "core/ports", "core/model", "core/search", "core/contract"];

test("rooms import only along the arrows of the architecture", () => {
  const wrong = shipped
    .filter(({ kind }) => kind === "ours")
    .filter((edge) => !isAllowed(edge, mayImport[roomOf(edge.from)] ?? []))
    .map(({ place, to }) => `${place} imports ${to}: ${roomOf(to)} is not for the room that imports it`);
  expect(wrong).toEqual([]);
});

test("tests of a room keep to its arrows as well, and to the adapters that stand in for real ones", () => {
  const wrong = imports
    .filter(({ from, kind }) => kind === "ours" && isTestMaterial(from) && !from.startsWith("tests/"))
    .filter((edge) => {
      const room = roomOf(edge.from);
      // In core the reverse arrow stays forbidden: a test of the model has no business with the search.
      const more = room === "core/model" || room === "core/text" ? [] : testsMayAlsoImport;
      return !isAllowed(edge, [...(mayImport[room] ?? []), ...more]);
    })
    .map(({ place, to }) => `${place} imports ${to}`);
  expect(wrong).toEqual([]);
});

test("every arrow that is drawn is used", () => {
  const used = new Set(shipped.filter(({ kind }) => kind === "ours").map(arrowOf));
  const drawn = Object.entries(mayImport).flatMap(([from, rooms]) => rooms.map((to) => `${from} -> ${to}`));
  expect(drawn.filter((arrow) => !used.has(arrow))).toEqual([]);
});

test("the product never loads what is for tests", () => {
  const findings = shipped
    .filter(({ to, kind }) => kind === "ours" && isTestMaterial(to))
    .map(({ from, to, place }) => ({ about: `${from} -> ${to}`, says: `${place} imports ${to}` }));
  expect(
    beyond(findings, {
      "scripts/test.ts -> tests/e2e/chromium.ts": "finds the browser before the browser tests start",
      "scripts/screenshots.ts -> tests/e2e/chromium.ts": "takes its pictures with the browser of the tests",
      "scripts/screenshots.ts -> tests/e2e/product.ts":
        "takes its pictures of the product as the tests start it",
    }),
  ).toEqual([]);
});

test("core's inner rooms import no package and no module of Node", () => {
  const findings = shipped
    .filter(({ from, kind }) => kind !== "ours" && /^core\/src\/(model|text|search|ports)\//u.test(from))
    .map(({ from, to, place }) => ({ about: `${from} -> ${to}`, says: `${place} imports ${to}` }));
  expect(
    beyond(findings, {
      "core/src/text/hangul.ts -> es-hangul": "composing syllables from keystrokes has many cases; see there",
    }),
  ).toEqual([]);
});

test("no file waits for itself through others (imports of values)", () => {
  expect(cyclesIn(imports.filter(({ typeOnly, kind }) => kind === "ours" && !typeOnly))).toEqual([]);
});

test("no file only passes on what others export", () => {
  const barrels = files.filter(({ code }) => {
    const passesOn = code.statements.filter(
      (statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined,
    );
    return passesOn.length > 0 && passesOn.length === code.statements.length;
  });
  expect(barrels.map(({ path }) => path)).toEqual([]);
});

function isAllowed({ from, to }: Import, rooms: readonly string[]): boolean {
  return roomOf(from) === roomOf(to) || rooms.includes(roomOf(to));
}

function arrowOf({ from, to }: Import): string {
  return `${roomOf(from)} -> ${roomOf(to)}`;
}

/** `core/search` for files in core's folders and for its two single files, else the first folder. */
function roomOf(path: string): string {
  if (path.startsWith("web/src/published/")) return "web/published";
  const inCore = /^core\/src\/([a-z]+)(?:\/|(?:\.test)?\.ts$)/u.exec(path);
  return inCore === null ? (path.split("/")[0] ?? path) : `core/${inCore[1]}`;
}

/** Cycles as `a -> b -> a`, each once, found by going down the graph from every file. */
function cyclesIn(edges: readonly Import[]): readonly string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const done = new Set<string>();
  const cycles: string[] = [];
  const descend = (path: string, above: readonly string[]): void => {
    const start = above.indexOf(path);
    if (start !== -1) cycles.push([...above.slice(start), path].join(" -> "));
    if (start !== -1 || done.has(path)) return;
    for (const to of next.get(path) ?? []) descend(to, [...above, path]);
    done.add(path);
  };
  for (const path of next.keys()) descend(path, []);
  return cycles;
}
