/** Tests of a run: what is found new, changed and gone, and that nothing is embedded twice. */
import { rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mapLayoutArtifact } from "./lay-out-index.ts";
import { type Bench, createBench, postOf } from "./run-for-tests.ts";

const one = { Sketchpad: "머릿속에 그림을 그리며 추론한다.", ATLAS: "언어 수가 늘면 모델을 키운다." };
const two = { TARS: "게임을 하는 에이전트를 학습시킨다." };

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});
afterEach(() => bench.remove());

const counts = ({ report }: Awaited<ReturnType<Bench["run"]>>) => ({
  added: report.added,
  changed: report.changed,
  removed: report.removed,
  unchanged: report.unchanged,
});

describe("a run", () => {
  it("stores what is in the folder, and tells how much that was", async () => {
    await bench.write("a.md", postOf(one));
    await bench.write("더/b.mdx", postOf(two));
    const outcome = await bench.run();
    expect(outcome.published).toBe(true);
    expect(counts(outcome)).toEqual({ added: 2, changed: 0, removed: 0, unchanged: 0 });
    expect(outcome.manifest).toMatchObject({
      generation: 1,
      complete: true,
      counts: { posts: 2, papers: 3 },
    });
    expect(outcome.report.embedded).toBe(bench.embedded.length);
    expect(await bench.paths()).toEqual(["a.md", "더/b.mdx"]);
  });

  it("tells added, changed, removed and unchanged posts, and serves what is there now", async () => {
    await bench.write("same.md", postOf(one));
    await bench.write("changed.md", postOf(two));
    await bench.write("gone.md", postOf({ Gone: "없어질 글이다." }));
    await bench.run();
    await bench.write("changed.md", postOf({ TARS: "바뀐 글이다." }));
    await bench.write("new.md", postOf({ New: "새 글이다." }));
    await rm(join(bench.folder, "gone.md"));
    const outcome = await bench.run();
    expect(counts(outcome)).toEqual({ added: 1, changed: 1, removed: 1, unchanged: 1 });
    expect(await bench.paths()).toEqual(["changed.md", "new.md", "same.md"]);
    const texts = await bench.ask((snapshot) => snapshot.chunksOf(["changed/tars", "gone/gone"]));
    expect(texts.map(({ text }) => text)).toEqual(["바뀐 글이다."]);
  });

  it("does nothing when nothing has changed", async () => {
    await bench.write("a.md", postOf(one));
    const first = await bench.run();
    const again = await bench.run();
    expect(again.published).toBe(false);
    expect(again.manifest).toEqual(first.manifest);
    expect(counts(again)).toEqual({ added: 0, changed: 0, removed: 0, unchanged: 1 });
    expect(again.report.embedded).toBe(0);
  });

  it("lays out the map of what it publishes", async () => {
    await bench.write("a.md", postOf({ ...one, ...two }));
    await bench.run();
    const bytes = await bench.ask((snapshot) => snapshot.artifact(mapLayoutArtifact));
    const layout = JSON.parse(new TextDecoder().decode(bytes ?? undefined)) as readonly { id: string }[];
    expect(layout.map(({ id }) => id)).toEqual(["a/atlas", "a/sketchpad", "a/tars"]);
  });

  it("tells its phases, ending with all posts done", async () => {
    await bench.write("a.md", postOf(one));
    const phases: string[] = [];
    const done: number[] = [];
    await bench.run({
      onProgress: (progress) => {
        if (phases.at(-1) !== progress.phase) phases.push(progress.phase);
        done.push(progress.done / progress.total);
      },
    });
    expect(phases).toEqual(["reading", "embedding", "writing", "done"]);
    expect(done.at(-1)).toBe(1);
  });
});

describe("nothing is embedded twice", () => {
  beforeEach(async () => {
    await bench.write("a.md", postOf(one));
    await bench.run();
    expect(bench.embedded).toHaveLength(2);
  });

  it("when a post is renamed", async () => {
    await rename(join(bench.folder, "a.md"), join(bench.folder, "이름.md"));
    const outcome = await bench.run();
    expect(counts(outcome)).toEqual({ added: 1, changed: 0, removed: 1, unchanged: 0 });
    expect(outcome.report).toMatchObject({ embedded: 0, reused: 2 });
    expect(bench.embedded).toHaveLength(2);
    const cards = await bench.ask((snapshot) => snapshot.catalogue());
    expect(cards.map(({ id }) => id)).toEqual(["이름/sketchpad", "이름/atlas"]);
  });

  it("when the papers of a post are reordered", async () => {
    await bench.write("a.md", postOf(Object.fromEntries(Object.entries(one).reverse())));
    const outcome = await bench.run();
    expect(outcome.report).toMatchObject({ changed: 1, embedded: 0, reused: 2 });
    const cards = await bench.ask((snapshot) => snapshot.catalogue());
    expect(cards.map(({ id, order }) => [id, order])).toEqual([
      ["a/atlas", 0],
      ["a/sketchpad", 1],
    ]);
  });

  it("when one paper of two has changed: the other keeps its vectors", async () => {
    await bench.write("a.md", postOf({ ...one, ATLAS: "다른 글이다." }));
    const outcome = await bench.run();
    expect(outcome.report).toMatchObject({ changed: 1, embedded: 1, reused: 1 });
    expect(bench.embedded.at(-1)).toContain("다른 글이다.");
  });

  it("when two posts say the same", async () => {
    await bench.write("b.md", postOf(one));
    expect((await bench.run()).report).toMatchObject({ added: 1, embedded: 0 });
    expect(await bench.paths()).toEqual(["a.md", "b.md"]);
  });

  it("when a post was touched only, which is then no change at all", async () => {
    await utimes(join(bench.folder, "a.md"), 1000, 1000);
    const outcome = await bench.run();
    expect(outcome.published).toBe(false);
    expect(counts(outcome)).toEqual({ added: 0, changed: 0, removed: 0, unchanged: 1 });
  });

  it("when a picture has changed: its post is read again, with the new picture", async () => {
    const shown = postOf({ ...one, ATLAS: "언어 수가 늘면 모델을 키운다.\n\n![](정확도.png)" });
    await bench.write("a.md", shown);
    await bench.write("정확도.png", png(1));
    await bench.run();
    const before = await bench.ask(async (snapshot) => (await snapshot.paper("a/atlas"))?.figures[0]);
    const embedded = bench.embedded.length;
    await bench.write("정확도.png", png(2, 3));
    const outcome = await bench.run();
    expect(outcome.report).toMatchObject({ changed: 1, embedded: 0 });
    expect(bench.embedded).toHaveLength(embedded);
    const after = await bench.ask(async (snapshot) => (await snapshot.paper("a/atlas"))?.figures[0]);
    expect(before?.asset).toMatch(/\.png$/u);
    expect(after?.asset).toMatch(/\.png$/u);
    expect(after?.asset).not.toBe(before?.asset);
  });
});

/** What begins like a PNG is taken for one. */
function png(...rest: readonly number[]): Uint8Array {
  return Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...rest);
}
