/** Tests of runs that leave something out, keep something, or end early: nothing that is stored is lost. */

import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createMemoryStore } from "@nonmun/core/adapters/memory-store";
import { Failure } from "@nonmun/core/model/failure";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, createBench, postOf } from "./run-for-tests.ts";
import { runIndex } from "./run-index.ts";

const text = { Sketchpad: "머릿속에 그림을 그리며 추론한다." };

let bench: Bench;
let beforeEmbedding: () => void = () => undefined;
beforeEach(async () => {
  beforeEmbedding = () => undefined;
  bench = await createBench(() => beforeEmbedding());
});
afterEach(() => bench.remove());

async function failureOf(run: Promise<unknown>): Promise<Failure> {
  const error = await run.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (error instanceof Failure) return error;
  throw error ?? new Error("The run did not fail.");
}

describe("a draft", () => {
  beforeEach(async () => {
    await bench.write("a.md", postOf(text));
  });

  it("is left out, and taken in on request", async () => {
    await bench.write("초안.md", postOf({ Draft: "아직이다." }, "draft: true"));
    const outcome = await bench.run();
    expect(outcome.report.added).toBe(1);
    expect(await bench.paths()).toEqual(["a.md"]);
    await bench.run({ drafts: true });
    expect(await bench.paths()).toEqual(["a.md", "초안.md"]);
  });

  it("is withdrawn when a stored post becomes one", async () => {
    await bench.write("b.md", postOf({ Late: "다시 쓸 글이다." }));
    await bench.run();
    await bench.write("b.md", postOf({ Late: "다시 쓸 글이다." }, "draft: true"));
    const outcome = await bench.run();
    expect(outcome.published).toBe(true);
    expect(outcome.report).toMatchObject({ changed: 0, removed: 1, unchanged: 1 });
    expect(await bench.paths()).toEqual(["a.md"]);
  });

  it("makes no new generation when only drafts came", async () => {
    const first = await bench.run();
    await bench.write("초안.md", postOf({ Draft: "아직이다." }, "draft: true"));
    const outcome = await bench.run();
    expect(outcome.published).toBe(false);
    expect(outcome.report).toMatchObject({ added: 0, unchanged: 1, embedded: 0 });
    expect(await bench.deps.store.generation()).toBe(first.manifest.generation);
  });

  it("that was never stored does not open the writer, nor hold up another", async () => {
    await bench.write("초안.md", postOf({ Draft: "아직이다." }, "draft: true"));
    await bench.run();
    const other = await bench.deps.store.writer(bench.deps.recipe);
    const outcome = await bench.run();
    expect(outcome.report).toMatchObject({ added: 0, unchanged: 1, embedded: 0 });
    await other.close();
  });
});

it("takes the first of two files whose names differ by their ending alone, and says so", async () => {
  await bench.write("a.md", postOf(text));
  await bench.write("a.mdx", postOf({ Other: "다른 글이다." }));
  const outcome = await bench.run();
  expect(await bench.paths()).toEqual(["a.md"]);
  expect(outcome.unreadable.map(({ file, code }) => [file, code])).toEqual([["a.mdx", "duplicate-id"]]);
  expect(outcome.report.diagnostics.error).toBe(1);
});

describe("a folder", () => {
  it("without posts is refused by hand, and the index is kept", async () => {
    await bench.write("a.md", postOf(text));
    await bench.run();
    await rm(join(bench.folder, "a.md"));
    const failure = await failureOf(bench.run());
    expect(failure.code).toBe("content-empty");
    expect(failure.message).toContain(bench.folder);
    expect(await bench.paths()).toEqual(["a.md"]);
  });

  it("without posts empties the index while watching", async () => {
    await bench.write("a.md", postOf(text));
    await bench.run();
    await rm(join(bench.folder, "a.md"));
    const outcome = await bench.run({ whenEmpty: "publish" });
    expect(outcome.report.removed).toBe(1);
    expect(outcome.manifest.counts).toMatchObject({ posts: 0, papers: 0, chunks: 0 });
    expect(await bench.paths()).toEqual([]);
  });

  it("that is missing is refused even while watching, and the index is kept", async () => {
    await bench.write("a.md", postOf(text));
    await bench.run();
    const away = `${bench.folder}-away`;
    await rename(bench.folder, away);
    const failure = await failureOf(bench.run({ whenEmpty: "publish" }));
    await rename(away, bench.folder);
    expect(failure.code).toBe("content-missing");
    expect(failure.subject).toBe(bench.folder);
    expect(await bench.paths()).toEqual(["a.md"]);
  });
});

describe("a cancelled run", () => {
  /** 100 papers of one chunk each: the first post fills the first group, the next two the second, the fourth is the third. */
  const hundred = (post: number) =>
    postOf(
      Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`p${post}-${i}`, `글 ${post} ${i}이다.`])),
    );

  it("keeps the groups that it has written, publishes nothing, and lets the next run go on", async () => {
    for (const post of [1, 2, 3, 4]) await bench.write(`${post}.md`, hundred(post));
    const controller = new AbortController();
    beforeEmbedding = () => {
      // Asked for the third group, when the second has been embedded.
      if (bench.embedded.length >= 300) controller.abort();
    };
    const failure = await failureOf(bench.run({ signal: controller.signal }));
    expect(failure).toMatchObject({
      code: "cancelled",
      advice: expect.stringContaining("goes on where it was"),
    });
    expect(await bench.deps.store.generation()).toBeNull();

    beforeEmbedding = () => undefined;
    bench.embedded.length = 0;
    const outcome = await bench.run();
    expect(bench.embedded.length).toBe(100);
    expect(bench.embedded.every((embedded) => embedded.includes("글 4 "))).toBe(true);
    expect(outcome.manifest.counts).toMatchObject({ posts: 4, papers: 400 });
  });

  it("that was cancelled before it began embeds nothing, and frees the writer", async () => {
    await bench.write("a.md", postOf(text));
    expect((await failureOf(bench.run({ signal: AbortSignal.abort() }))).code).toBe("cancelled");
    expect(bench.embedded).toEqual([]);
    expect((await bench.run()).published).toBe(true);
  });
});

it("makes a first run searchable in parts, marked as not complete", async () => {
  // Each a group: the first is published while the third is embedded, at the latest.
  for (const post of [1, 2, 3, 4]) {
    const papers = Array.from({ length: 130 }, (_, i) => [`p${post}-${i}`, `글 ${post} ${i}이다.`]);
    await bench.write(`${post}.md`, postOf(Object.fromEntries(papers)));
  }
  let now = 0;
  const seen: (boolean | null)[] = [];
  const clock = () => now;
  const embedder: typeof bench.deps.embedder = {
    ...bench.deps.embedder,
    async embed(...given) {
      now += 10_000;
      const snapshot = await bench.deps.store.open();
      seen.push(snapshot?.manifest.complete ?? null);
      return bench.deps.embedder.embed(...given);
    },
  };
  const outcome = await runIndex(
    { ...bench.deps, clock, embedder },
    { content: [bench.folder], drafts: false, orgAliases: new Map(), whenEmpty: "refuse" },
  );
  expect(seen.at(0)).toBeNull();
  expect(seen.at(-1)).toBe(false);
  expect(outcome.manifest.complete).toBe(true);
  expect(outcome.manifest.generation).toBeGreaterThan(1);
});

it("publishes parts of a first run more rarely the longer that takes", async () => {
  for (let post = 1; post <= 12; post++) {
    const papers = Array.from({ length: 130 }, (_, i) => [`p${post}-${i}`, `글 ${post} ${i}이다.`]);
    await bench.write(`${post}.md`, postOf(Object.fromEntries(papers)));
  }
  /** Generations of a run in which a group takes 10 s to embed and publishing `publishMs`. */
  async function generations(publishMs: number): Promise<number> {
    let now = 0;
    const store = createMemoryStore();
    const embedder: typeof bench.deps.embedder = {
      ...bench.deps.embedder,
      embed(...given) {
        now += 10_000;
        return bench.deps.embedder.embed(...given);
      },
    };
    const slow: typeof store = {
      ...store,
      async writer(recipe) {
        const writer = await store.writer(recipe);
        const publish: typeof writer.publish = (run) => {
          now += publishMs;
          return writer.publish(run);
        };
        return { ...writer, publish };
      },
    };
    const { manifest } = await runIndex(
      { ...bench.deps, store: slow, clock: () => now, embedder },
      { content: [bench.folder], drafts: false, orgAliases: new Map(), whenEmpty: "refuse" },
    );
    return manifest.generation;
  }
  expect(await generations(10)).toBeGreaterThan(2);
  expect(await generations(10_000)).toBe(2);
}, 30_000);

describe("posts in several groups", () => {
  const group = (post: number, shared: string) =>
    postOf(
      Object.fromEntries([
        [`p${post}-shared`, shared],
        ...Array.from({ length: 130 }, (_, i) => [`p${post}-${i}`, `글 ${post} ${i}이다.`]),
      ]),
    );

  it("have each text embedded once, also one that comes again before it is stored", async () => {
    const same = postOf({ Same: "같은 글이다." });
    const folders = ["a", "b", "c"];
    for (const [place, folder] of folders.entries()) {
      await bench.write(`${folder}-1.md`, group(place, `다른 글 ${place}이다.`));
      await bench.write(`${folder}-2.md`, same);
    }
    await bench.run();
    expect(bench.embedded.filter((text) => text.includes("같은 글이다."))).toHaveLength(1);
    expect(new Set(bench.embedded).size).toBe(bench.embedded.length);
  });

  it("end the run when one can't be stored, and the next run makes up for it", async () => {
    for (const post of [1, 2, 3]) await bench.write(`${post}.md`, group(post, "글이다."));
    const { store } = bench.deps;
    const failing: typeof store = {
      ...store,
      async writer(recipe) {
        const writer = await store.writer(recipe);
        const refuse = async () => {
          throw new Failure("storage", "The disk is full.");
        };
        return { ...writer, write: refuse };
      },
    };
    const options = {
      content: [bench.folder],
      drafts: false,
      orgAliases: new Map(),
      whenEmpty: "refuse",
    } as const;
    expect((await failureOf(runIndex({ ...bench.deps, store: failing }, options))).code).toBe("storage");
    expect((await bench.run()).manifest.counts.posts).toBe(3);
  });
});
