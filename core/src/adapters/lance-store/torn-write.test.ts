/** A write that fails half-way leaves rows behind; the same writer's next one takes them away. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, connect } from "@lancedb/lancedb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { postEntry, publishOptions, recipe } from "../../ports/index-store.fixtures.ts";
import { openLanceStore } from "./open.ts";
import { together } from "./together.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-torn-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

it("holds each chunk once when a write was cut off before its posts were stored", async () => {
  const store = await openLanceStore(join(folder, "index"), {});
  const entry = postEntry({ path: "a.md", texts: ["하나 첫째", "둘 둘째"] });
  const writer = await store.writer(recipe);
  const { prototype } = await tableClass();
  const add = prototype.add;
  const failing = vi.spyOn(prototype, "add").mockImplementation(function (this: Table, ...args) {
    return this.name.startsWith("posts") ? Promise.reject(new Error("No space left")) : add.apply(this, args);
  });
  await expect(writer.write({ put: [entry], remove: [] })).rejects.toMatchObject({ code: "storage" });
  failing.mockRestore();
  expect([...(await writer.vectors(["a/paper"])).keys()].sort()).toEqual(["a/paper#0", "a/paper#1"]);
  await writer.write({ put: [entry], remove: [] });
  const manifest = await writer.publish(publishOptions);
  expect(manifest.counts).toMatchObject({ posts: 1, papers: 1, chunks: 2 });
  await writer.close();
  await store.close();
});

it("fails when everything has ended, with what failed first", async () => {
  const order: string[] = [];
  const slow = Promise.resolve().then(() => order.push("slow"));
  const work = together([Promise.reject(new Error("first")), slow, Promise.reject(new Error("second"))]);
  await expect(work).rejects.toThrow("first");
  expect(order).toEqual(["slow"]);
  expect(await together([Promise.resolve(1), Promise.resolve("two")])).toEqual([1, "two"]);
});

type Table = Awaited<ReturnType<Connection["openTable"]>>;

/** The class of LanceDB's tables, which the package doesn't export. */
async function tableClass(): Promise<{ readonly prototype: Table }> {
  const connection = await connect(join(folder, "other"));
  const table = await connection.createTable("any", [{ id: 1 }]);
  connection.close();
  return { prototype: Object.getPrototypeOf(table) as Table };
}
