/** No value becomes part of a condition: whatever a string holds, LanceDB reads it back as that string. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@lancedb/lancedb";
import fc from "fast-check";
import { expect, it } from "vitest";
import { foldFilter } from "../store-filter.ts";
import { filterCondition, isAnyOf, quote } from "./sql.ts";

it("keeps any string whole inside its quotes, as LanceDB itself reads it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-sql-"));
  const connection = await connect(folder);
  const table = await connection.createTable("values", [{ text: "fixed" }]);
  const anything = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom("'", "\\", '"', ";", "-", "%", "한", "\u0000", "\n", "`", "$") }),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (text) => {
      expect(await table.countRows(`text = ${quote(text)}`)).toBe(text === "fixed" ? 1 : 0);
      expect(await table.countRows(`${quote(text)} = ${quote(text)}`)).toBe(1);
      expect(await table.countRows(`length(${quote(text)}) = ${[...text].length}`)).toBe(1);
    }),
    { numRuns: 150 },
  );
  connection.close();
  await rm(folder, { recursive: true });
});

it("is never true for no values", () => expect(isAnyOf("id", [])).toBe("false"));

it("sets no condition for an empty filter", () => {
  expect(filterCondition(foldFilter())).toBeNull();
  expect(filterCondition(foldFilter({ orgs: [], tags: [] }))).toBeNull();
});

it("joins the conditions of all fields", () => {
  const condition = filterCondition(foldFilter({ orgs: ["O'Neil", "b"], post: "a.md", from: "2025-01-01" }));
  expect(condition).toBe(
    "array_has_any(orgs, ['o''neil', 'b']) AND (post = 'a.md' OR post_stem = 'a.md') AND date >= '2025-01-01'",
  );
});
