/** LanceDB warns on stderr about queries that it finds careless: ours give it no reason to. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const script = `
const { openLanceStore } = await import(process.argv[1]);
const { postEntry, publishOptions, recipe, vectorAt } = await import(process.argv[2]);
const store = await openLanceStore(process.argv[3]);
const writer = await store.writer(recipe);
for (const text of ["하나", "둘"]) {
  await writer.write({ put: [postEntry({ path: "a.md", texts: [text, "보상 모델"] })], remove: ["b.md"] });
  await writer.publish(publishOptions);
}
await writer.close();
const snapshot = await store.open(recipe);
const filter = { orgs: ["x"], tags: ["y"], post: "a", from: "2020-01-01" };
await snapshot.nearest(vectorAt(0), { limit: 5 });
await snapshot.nearest(vectorAt(0), { limit: 5, filter });
await snapshot.match("보상", { limit: 5, filter });
console.log((await snapshot.match("보상", { limit: 5 })).length);
await store.rollback();
`;

it("writes nothing to stderr in a whole life of an index", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-quiet-"));
  const modules = [
    new URL("./open.ts", import.meta.url).href,
    new URL("../../ports/index-store.fixtures.ts", import.meta.url).href,
  ];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    script,
    ...modules,
    folder,
  ]);
  expect(stdout.trim()).toBe("1");
  expect(stderr).toBe("");
  await rm(folder, { recursive: true });
});
