/** Past the limit of exact search a vector index answers, for old rows and new ones alike. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@lancedb/lancedb";
import { expect, it } from "vitest";
import { postEntry, publishOptions, recipe, vectorAt } from "../../ports/index-store.fixtures.ts";
import { openLanceStore } from "./open.ts";

it("finds the nearest chunks by the index, narrows by org, and finds a new chunk at once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nonmun-ivf-"));
  const store = await openLanceStore(folder, { exactBelow: 100 });
  const writer = await store.writer(recipe);
  const posts = Array.from({ length: 360 }, (_, degree) =>
    postEntry({
      path: `${degree}.md`,
      texts: [`글 ${degree}`],
      degrees: [degree],
      orgs: [`org${degree % 2}`],
    }),
  );
  await writer.write({ put: posts, remove: [] });
  await writer.publish(publishOptions);
  const connection = await connect(folder);
  const name = (await connection.tableNames()).find((table) => table.startsWith("chunks_"));
  const indexed = await (await connection.openTable(name ?? "")).indexStats("vector_idx");
  expect(indexed).toMatchObject({ indexType: "IVF_FLAT", numUnindexedRows: 0 });

  const first = await store.open();
  const nearest = await first?.nearest(vectorAt(90), { limit: 3 });
  expect(nearest?.map((hit) => hit.chunkId)).toEqual(["90/paper#0", "89/paper#0", "91/paper#0"]);
  expect(nearest?.[0]?.score).toBeCloseTo(1, 5);
  const narrowed = await first?.nearest(vectorAt(90), { limit: 2, filter: { orgs: ["org1"] } });
  expect(narrowed?.map((hit) => hit.chunkId)).toEqual(["89/paper#0", "91/paper#0"]);

  await writer.write({ put: [postEntry({ path: "new.md", texts: ["새 글"], degrees: [90.2] })], remove: [] });
  await writer.publish(publishOptions);
  await writer.close();
  const second = await store.open();
  const found = await second?.nearest(vectorAt(90.2), { limit: 1 });
  expect(found?.map((hit) => hit.chunkId)).toEqual(["new/paper#0"]);
  await store.close();
  await rm(folder, { recursive: true });
});
