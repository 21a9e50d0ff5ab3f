/** Every code that the reader gives for one post has a golden fixture that shows it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readerCodes } from "./diagnostic-codes.ts";

/**
 * Given for several posts together (`check-corpus.test.ts`), for a file too large to be kept beside the tests (`refuse.test.ts`),
 * and for a fault of our own, which no post is known to cause.
 */
const elsewhere: ReadonlySet<string> = new Set([
  "duplicate-id",
  "similar-orgs",
  "post-too-large",
  "reader-failed",
]);

const folder = join(import.meta.dirname, "fixtures");
const golden = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");

test.each(Object.keys(readerCodes).filter((code) => !elsewhere.has(code)))(
  "%s is shown by a golden fixture",
  (code) => {
    expect(golden).toMatch(new RegExp(`"\\d+:\\d+ (?:error|warning|info) ${code}: `, "u"));
  },
);
