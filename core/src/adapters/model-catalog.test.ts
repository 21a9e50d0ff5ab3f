/** Tests of the table of models: what is committed can be read, and a mistake is named by id and field. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readModelCatalog } from "./model-catalog.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-catalog-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(content: string): Promise<ReadonlyMap<string, unknown>> {
  const path = join(folder, "models.json");
  await writeFile(path, content);
  return readModelCatalog(path);
}

const entry = { query: "q: ", passage: "p: ", pooling: "mean", dimensions: 768, maxTokens: 512, dtype: "q8" };

it("knows the model that comes with Nonmun and those that issue 3 names", async () => {
  const catalog = await readModelCatalog(
    fileURLToPath(new URL("../../../data/models/models.json", import.meta.url)),
  );
  expect(catalog.get("nonmun-e5-small-ko-en")).toMatchObject({
    query: "query: ",
    dimensions: 384,
    dtype: "q4",
  });
  expect(catalog.get("Xenova/multilingual-e5-base")).toMatchObject({ passage: "passage: ", dimensions: 768 });
  expect(catalog.get("Xenova/bge-m3")).toMatchObject({ pooling: "cls", query: "" });
});

it("takes an entry that a person added, and skips keys that begin with $", async () => {
  const catalog = await read(JSON.stringify({ $about: "mine", "me/my-model": entry }));
  expect([...catalog]).toEqual([["me/my-model", { ...entry, output: "last_hidden_state" }]]);
});

describe("refuses with `bad-config`, by name,", () => {
  it.each([
    ["query", undefined],
    ["passage", 3],
    ["pooling", "max"],
    ["dimensions", 0],
    ["dimensions", "768"],
    ["maxTokens", 4],
    ["dtype", "q3"],
    ["dtype", "toString"],
    ["output", "pooler"],
  ])("%s: %j", async (field, value) => {
    const table = JSON.stringify({ "me/my-model": { ...entry, [field]: value } });
    await expect(read(table)).rejects.toMatchObject({
      code: "bad-config",
      message: expect.stringMatching(new RegExp(`"${field}" of "me/my-model"`, "u")),
    });
  });

  it.each(["", "[1]", "null", '{"a/b": null}'])("a table that reads %j", async (content) => {
    await expect(read(content)).rejects.toMatchObject({ code: "bad-config" });
  });
});
