/** Learning goes on where a killed process was, leaves other servers' words alone, and is done by one process at a time. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createHashEmbedder } from "@nonmun/core/adapters/hash-embedder";
import { readTermVectors } from "@nonmun/core/adapters/term-vector-file";
import type { Embedder } from "@nonmun/core/ports/embedder";
import { createTermVectors } from "@nonmun/core/search/term-vectors";
import { afterEach, beforeEach, expect, it } from "vitest";
import { inTurn, learnWords } from "./learn-words.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "nonmun-learn-"));
});
afterEach(() => rm(folder, { recursive: true }));

const never = new AbortController().signal;
const file = "words.bin";
const many = (count: number) => Array.from({ length: count }, (_, at) => `낱말 ${at}`);

function counting(before: () => void = () => undefined) {
  const asked: string[] = [];
  const own = createHashEmbedder();
  const embedder: Embedder = {
    ...own,
    embed(texts, ...rest) {
      before();
      asked.push(...texts);
      return own.embed(texts, ...rest);
    },
  };
  return { asked, embedder };
}

const words = (texts: readonly string[]) => ({
  texts,
  file,
  vectors: createTermVectors(createHashEmbedder()),
});

async function learned(): Promise<readonly string[]> {
  const stored = await readTermVectors(join(folder, file));
  const terms = [...stored.terms()];
  stored.close();
  return terms.sort();
}

it("encodes each word once, over all starts", async () => {
  const first = counting();
  await learnWords([words(["강화학습", "보상"])], first.embedder, { signal: never, folder });
  const second = counting();
  await learnWords([words(["강화학습", "보상", "확산 모델"])], second.embedder, { signal: never, folder });
  expect([first.asked.toSorted(), second.asked]).toEqual([["강화학습", "보상"], ["확산 모델"]]);
  expect(await learned()).toEqual(["강화학습", "보상", "확산 모델"].sort());
});

it("keeps the pieces that were made before it was stopped, and goes on after them", async () => {
  const stopped = new AbortController();
  let batches = 0;
  const first = counting(() => {
    batches += 1;
    if (batches === 4) stopped.abort();
  });
  const texts = many(200);
  await learnWords([words(texts)], first.embedder, { signal: stopped.signal, folder, piece: 64 });
  expect(await learned()).toHaveLength(64);
  const second = counting();
  await learnWords([words(texts)], second.embedder, { signal: never, folder });
  expect(second.asked).toHaveLength(200 - 64);
  expect(await learned()).toHaveLength(200);
});

it("leaves the words of another server's glossary in the file", async () => {
  const { embedder } = counting();
  await learnWords([words(["남의 말"])], embedder, { signal: never, folder });
  await learnWords([words(["내 말"])], embedder, { signal: never, folder });
  expect(await learned()).toEqual(["남의 말", "내 말"].sort());
});

it("tells of each piece that is written, and of nothing that was known before", async () => {
  const { embedder } = counting();
  const told: string[] = [];
  const onLearned = (name: string) => told.push(name);
  const twice = [words(["하나", "둘"]), words(["하나"])];
  await learnWords(twice, embedder, { signal: never, folder, onLearned });
  expect(told).toEqual([file]);
});

it("is done by one process at a time: the second waits, and has nothing left to do", async () => {
  const order: string[] = [];
  const entered = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const first = inTurn(
    never,
    async () => {
      order.push("first begins");
      entered.resolve();
      await finish.promise;
      order.push("first ends");
    },
    folder,
  );
  await entered.promise;
  const second = inTurn(never, async () => void order.push("second"), folder);
  finish.resolve();
  await Promise.all([first, second]);
  expect(order).toEqual(["first begins", "first ends", "second"]);
});

it("takes over from a process that was killed", async () => {
  // The numbers of processes end far below.
  const gone = { token: "gone", pid: 2 ** 30, since: "", beatAt: Date.now() };
  await writeFile(join(folder, "learning.lock"), JSON.stringify({ ...gone, host: hostname() }));
  const done: string[] = [];
  await inTurn(never, async () => void done.push("learned"), folder);
  expect(done).toEqual(["learned"]);
});

it("says where it can't keep what it learns, and what that means", async () => {
  const place = join(folder, "a file");
  await writeFile(place, "");
  await expect(inTurn(never, async () => undefined, place)).rejects.toMatchObject({
    code: "storage",
    advice: expect.stringContaining(place),
  });
});
