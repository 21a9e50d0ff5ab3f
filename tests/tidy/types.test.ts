/** What the type check sees: a file that stands in neither of its two programs could hold any error. */
import { join, relative, sep } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { beyond } from "./allowed.ts";
import { textFiles } from "./sources.ts";

const root = join(import.meta.dirname, "../..");
/** As `npm test` checks them: the first with `tsc`, the second with `svelte-check`. */
const programs = ["tsconfig.json", "web/tsconfig.json"];

test("every TypeScript file is in a program that is checked", () => {
  const checked = new Set(programs.flatMap(filesOf));
  const findings = textFiles()
    .filter(({ path }) => path.endsWith(".ts") && !checked.has(path))
    .map(({ path }) => ({ about: path, says: `${path} is in none of ${programs.join(", ")}` }));
  expect(
    beyond(findings, {
      "web/src/service-worker/index.ts":
        "its globals are those of a service worker, which the page's would contradict; its own tsconfig is for editors",
    }),
  ).toEqual([]);
});

test("what runs in the browser of a published site is among them", () => {
  expect(filesOf("web/tsconfig.json")).toEqual(
    expect.arrayContaining(["web/src/published/page.ts", "web/src/published/worker.ts"]),
  );
});

/** Paths from the root of the repository. */
function filesOf(config: string): readonly string[] {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }: ts.Diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(root, config), {}, host);
  return (parsed?.fileNames ?? []).map((file) => relative(root, file).split(sep).join("/"));
}
