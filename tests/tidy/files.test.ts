/** How files are named, begun and sized, and what no file may tell of the machine it was written on. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { beyond } from "./allowed.ts";
import { isTestMaterial, sourceFiles, textFiles } from "./sources.ts";

const texts = textFiles();
const sources = sourceFiles(texts);
const mostLines = 300;
const mostLinesOfComponent = 150;

test("the repository is seen at all", () => {
  expect(sources.length).toBeGreaterThan(300);
});

test("no folder is called by a word that fits anything", () => {
  const vague = texts.filter(({ path }) => /(^|\/)(utils?|helpers?|common|misc|shared)\//u.test(path));
  expect(vague.map(({ path }) => path)).toEqual([]);
});

test("every source file begins with a comment that says what it is for", () => {
  const bare = sources.filter(({ text }) => wordsOfFirstComment(text) < 3);
  expect(bare.map(({ path }) => path)).toEqual([]);
});

test(`files have at most ${mostLines} lines, components ${mostLinesOfComponent}`, () => {
  const findings = sources
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ path, lines }) => lines > (path.endsWith(".svelte") ? mostLinesOfComponent : mostLines))
    .map(({ path, lines }) => ({ about: path, says: `${path} has ${lines} lines` }));
  expect(beyond(findings, longFiles)).toEqual([]);
});

const longFiles: Readonly<Record<string, string>> = {
  "web/src/lib/search/SearchBox.svelte": "a combobox: its markup, keys and states hold on to each other",
  "web/src/lib/ui/SiteHeader.svelte": "a third of it is style of the one row that it draws",
};

test("no file names a folder of a machine or a host that packages come from", () => {
  const told = texts.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const found = machineFolder.exec(line)?.[0] ?? packageHost.exec(line)?.[0];
      // Tests make up homes of people, to see what becomes of their paths.
      const madeUp = found?.startsWith("/home/") === true && isTestMaterial(path);
      return found === undefined || madeUp ? [] : [`${path}:${index + 1} has ${found}`];
    }),
  );
  expect(told).toEqual([]);
});

test("the lock file takes packages by name and hash, not from an address", () => {
  const lock = readFileSync(join(import.meta.dirname, "../../pnpm-lock.yaml"), "utf8");
  expect(lock).toContain("integrity: sha512-");
  expect(lock.match(/^.*(tarball:|https?:\/\/).*$/gmu) ?? []).toEqual([]);
});

const machineFolder = /(?<![\p{L}\d.}/])\/(?:work|home|Users|root|mnt)\/[\p{L}\d._-]+/u;
const packageHost = /https?:\/\/[^\s/"'`]*(?:registry|artifactory|verdaccio|nexus|mirror)[^\s"'`]*/iu;

/** Words of the comment that the file begins with (after `#!`), 0 when it begins with something else. */
function wordsOfFirstComment(text: string): number {
  const start = text.replace(/^#!.*\n/u, "");
  const comment = /^(?:\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|\/\/.*)/u.exec(start)?.[0] ?? "";
  return comment.match(/\p{L}{2,}/gu)?.length ?? 0;
}
