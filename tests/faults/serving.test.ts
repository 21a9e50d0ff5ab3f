/** What people see while the index is made anew: by a re-index of everything, or for another model. */
import { cp, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SearchResponse } from "@nonmun/core/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pathOf, roundIn, writePost } from "./posts.ts";
import { below, indexed } from "./process.ts";
import { withIndex } from "./served.ts";
import { isBuilt, startServer } from "./server.ts";

const posts = 12;
const model = fileURLToPath(new URL("../../data/models/nonmun-e5-small-ko-en", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-serving-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeAll(content: string, round: number): Promise<void> {
  for (let post = 0; post < posts; post++) await writePost(content, pathOf(post), round);
}

/** The rounds of the papers in an answer. */
function roundsIn(answer: SearchResponse): ReadonlySet<number> {
  return new Set(answer.results.map(({ paper }) => roundIn(paper.title)));
}

/** Whether one post is of two rounds in the same answer. */
function isMixed({ results }: SearchResponse): boolean {
  const rounds = new Map<string, number>();
  return results.some(({ paper }) => {
    const round = roundIn(paper.title);
    const known = rounds.get(paper.post.path) ?? round;
    rounds.set(paper.post.path, known);
    return known !== round;
  });
}

describe.skipIf(!isBuilt)("a server (skipped while the page is not built)", () => {
  it("answers from one state at a time, without an error, while everything is re-indexed", async () => {
    const places = below(folder, "loop");
    await writeAll(places.content, 1);
    await indexed(places);
    const server = await startServer(places);
    try {
      await server.ready();
      await writeAll(places.content, 2);
      const seen: SearchResponse[] = [];
      // Searches that follow each other in two rows, until the new state has come.
      const loop = async (query: string): Promise<void> => {
        await server.until(
          async () => server.search(`${query} ${seen.length % 7}`, "hybrid"),
          (answer) => {
            seen.push(answer);
            return roundsIn(answer).has(2);
          },
        );
      };
      await Promise.all([loop("보상 모델 논문"), loop("방법을 설명")]);
      // A burst that takes long to write is told in two parts: each post is of one state, and the last answers are of the new one.
      expect(seen.length).toBeGreaterThan(5);
      const final = await server.until(
        () => server.search("방법을 설명"),
        (answer) => !roundsIn(answer).has(1),
      );
      expect([...roundsIn(final)]).toEqual([2]);
      expect(seen.filter((answer) => answer.results.length === 0)).toEqual([]);
      expect(seen.filter(isMixed)).toEqual([]);
    } finally {
      await server.close();
    }
  }, 120_000);

  it("never asks an index with a model that it was not made with, and takes the new one up when it is whole", async () => {
    const places = below(folder, "model");
    await writeAll(places.content, 1);
    await indexed(places);
    const made = await withIndex(places.index, async (snapshot) => snapshot?.manifest.recipe.model);
    const other = join(folder, "other-e5-small");
    await cp(model, other, { recursive: true });
    // What a model of unknown name is taken to have.
    const [weights = ""] = await readdir(join(other, "onnx"));
    await rename(join(other, "onnx", weights), join(other, "onnx", "model_quantized.onnx"));
    const server = await startServer({ ...places, model: other });
    try {
      const answers: SearchResponse[] = [];
      await server.until(
        () => server.search("보상 모델", "hybrid"),
        (answer) => {
          answers.push(answer);
          return answer.degraded.length === 0;
        },
      );
      expect(answers[0]?.degraded.length).toBeGreaterThan(0);
      expect(answers.filter((answer) => answer.results.length === 0)).toEqual([]);
      const now = await withIndex(places.index, async (snapshot) => snapshot?.manifest);
      expect(now?.recipe.model).not.toBe(made);
      expect(now).toMatchObject({ complete: true, counts: { posts } });
    } finally {
      await server.close();
    }
    // The old index is kept: going back makes it the newest again, without a chunk embedded.
    await indexed({ ...places, model });
    expect(await withIndex(places.index, async (snapshot) => snapshot?.manifest.recipe.model)).toBe(made);
  }, 120_000);
});
