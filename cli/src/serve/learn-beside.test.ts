/** A server starts no learning process when nothing is left to learn, and goes on when nothing can be kept. */
import { createHashEmbedder } from "@nonmun/core/adapters/hash-embedder";
import { createPlainSimilarity } from "@nonmun/core/adapters/plain-similarity";
import { idleProgress } from "@nonmun/core/model/progress";
import { createRanking } from "@nonmun/core/search/ranking";
import { expect, it } from "vitest";
import { knowsAllWords } from "../learned-words.ts";
import { type LearnBesideDeps, learnBeside } from "./learn-beside.ts";

function besides(code: string) {
  const embedder = createHashEmbedder();
  const ranking = createRanking({
    glossary: ["강화학습 | reinforcement learning"],
    lexicon: [{ name: "test", text: "강화학습 ;; learning by trial ;; 시행착오로 배우기" }],
    embedder,
    similarity: createPlainSimilarity(),
  });
  const listeners = new Set<unknown>();
  const warnings: string[] = [];
  const deps: LearnBesideDeps = {
    ranking,
    embedder,
    command: [process.execPath, "--eval", code],
    indexing: {
      progress: () => idleProgress,
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    isBusy: () => true,
    terminal: { warn: (line) => void warnings.push(line) },
    signal: new AbortController().signal,
  };
  return { deps, ranking, embedder, warnings, listeners };
}

it("starts no process when everything is known", async () => {
  const { deps, ranking, embedder, warnings } = besides("process.exit(1);");
  await ranking.termVectors?.load(["강화학습", "reinforcement learning"]);
  await ranking.descriptionVectors?.load(["learning by trial", "시행착오로 배우기"]);
  expect(knowsAllWords(ranking, embedder)).toBe(true);
  await learnBeside({ ...deps, command: ["nonmun-no-such-program"] });
  expect(warnings).toEqual([]);
});

it("makes descriptions that have no means itself when the process fails, also under steady searches", async () => {
  const { deps, ranking, listeners } = besides("process.exit(1);");
  await learnBeside(deps);
  expect(ranking.descriptionVectors?.has("시행착오로 배우기")).toBe(true);
  expect(ranking.termVectors?.has("강화학습")).toBe(false);
  expect(listeners.size).toBe(0);
});

it("ends the process when the server stops", async () => {
  const stopping = new AbortController();
  const { deps, ranking } = besides("setInterval(() => undefined, 1000);");
  const learning = learnBeside({ ...deps, signal: stopping.signal });
  stopping.abort();
  await learning;
  expect(ranking.descriptionVectors?.has("시행착오로 배우기")).toBe(false);
});
