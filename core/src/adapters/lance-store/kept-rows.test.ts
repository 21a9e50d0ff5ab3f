/** Rows that were read once are not read again, and ids that don't exist are asked for each time. */
import { expect, test } from "vitest";
import { keepRows } from "./kept-rows.ts";

test("reads each row once and leaves out what is not there", async () => {
  const asked: string[][] = [];
  const lookup = keepRows(10, async (ids) => {
    asked.push([...ids]);
    return new Map(ids.filter((id) => id !== "none").map((id) => [id, id.toUpperCase()]));
  });
  expect([...(await lookup(["a", "none", "b"]))]).toEqual([
    ["a", "A"],
    ["b", "B"],
  ]);
  expect((await lookup(["b", "c"])).get("b")).toBe("B");
  expect((await lookup(["a", "b"])).size).toBe(2);
  expect(asked).toEqual([["a", "none", "b"], ["c"]]);
});

test("forgets what was used longest ago", async () => {
  let reads = 0;
  const lookup = keepRows(2, async (ids) => {
    reads += ids.length;
    return new Map(ids.map((id) => [id, id]));
  });
  await lookup(["a", "b"]);
  await lookup(["a", "c"]);
  await lookup(["a", "b"]);
  expect(reads).toBe(4);
});
