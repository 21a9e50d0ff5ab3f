/** Candidates, grouping and the other small stages, each by itself. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBoundedCache } from "../model/bounded-cache.ts";
import {
  answerable,
  cosineProbability,
  exactProbability,
  lateProbability,
  lexicallyAnswerable,
  lexicalProbability,
} from "./calibrate.ts";
import { unite } from "./candidates.ts";
import { groupIntoPapers } from "./group.ts";
import { keyboardSlip } from "./keyboard-slip.ts";
import { holdsWord, shareOfWords } from "./restrict.ts";
import { ranksOf } from "./score.ts";

const hit = (chunkId: string, score = 1) => ({ chunkId, paperId: chunkId.split("#")[0] ?? "", score });

describe("candidates", () => {
  test("a chunk in both lists comes before one in either", () => {
    const united = unite([hit("a#0"), hit("b#0")], [hit("b#0"), hit("c#0")]);
    expect(united.map((candidate) => candidate.chunkId)).toEqual(["b#0", "a#0", "c#0"]);
    expect(united[0]).toMatchObject({ semantic: { rank: 2 }, lexical: { rank: 1 } });
  });
  test("named chunks come along once, last", () => {
    const named = [
      { chunkId: "x#0", paperId: "x" },
      { chunkId: "a#0", paperId: "a" },
    ];
    expect(unite([hit("a#0")], [], named).map((candidate) => candidate.chunkId)).toEqual(["a#0", "x#0"]);
  });
  test("the union holds each chunk once, whatever the lists", () => {
    const list = fc.uniqueArray(fc.nat(20)).map((ids) => ids.map((id) => hit(`p${id}#0`)));
    fc.assert(
      fc.property(list, list, (semantic, lexical) => {
        const united = unite(semantic, lexical);
        expect(new Set(united.map(({ chunkId }) => chunkId))).toEqual(
          new Set([...semantic, ...lexical].map(({ chunkId }) => chunkId)),
        );
        const fused = united.map((candidate) => candidate.fused);
        expect(fused).toEqual([...fused].sort((one, other) => other - one));
      }),
    );
  });
});

describe("grouping", () => {
  const chunk = (chunkId: string, score: number) => ({ ...hit(chunkId, score), probability: score });
  const order = (id: string) => id.codePointAt(0) ?? 0;
  test("a paper stands where its best chunk stands", () => {
    const papers = groupIntoPapers(
      [chunk("a#0", 0.2), chunk("b#0", 0.5), chunk("a#1", 0.9)],
      new Map(),
      () => 1,
      order,
    );
    expect(papers.map(({ paperId, chunks }) => [paperId, chunks[0]?.chunkId])).toEqual([
      ["a", "a#1"],
      ["b", "b#0"],
    ]);
  });
  test("a named paper comes first, also without any chunk", () => {
    const exact = new Map([
      ["z", { paperId: "z", rule: "arxiv id" as const, matched: "2510.24514", strength: 1 }],
    ]);
    const papers = groupIntoPapers([chunk("a#0", 0.9)], exact, exactProbability, order);
    expect(papers.map(({ paperId }) => paperId)).toEqual(["z", "a"]);
    expect(papers[0]?.probability).toBeGreaterThan(0.9);
  });
  test("equal scores keep the catalogue's order", () => {
    const papers = groupIntoPapers([chunk("b#0", 0.5), chunk("a#0", 0.5)], new Map(), () => 1, order);
    expect(papers.map(({ paperId }) => paperId)).toEqual(["a", "b"]);
  });
});

describe("calibration", () => {
  test("every probability is between 0 and 1 and grows with its score", () => {
    const score = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, score, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const asked = { familiar: 0.5, letters: 20 };
        const reception = { bestLate: 0.6, meanLate: 0.3, bestCosine: 0.86, asked };
        const byWords = { share: 0.3, bestShare: 0.5, asked };
        for (const curve of [
          (x: number) => lateProbability(x, 3, reception),
          cosineProbability,
          (x: number) => lexicalProbability(x, 5),
          (x: number) => answerable({ ...reception, bestLate: x }),
          (x: number) => answerable({ ...reception, asked: { ...asked, familiar: x } }),
          (x: number) => lexicallyAnswerable({ ...byWords, share: x }),
          (x: number) => lexicallyAnswerable({ ...byWords, asked: { ...asked, familiar: x } }),
        ]) {
          expect(curve(low)).toBeGreaterThanOrEqual(0);
          expect(curve(high)).toBeLessThanOrEqual(1);
          expect(curve(low)).toBeLessThanOrEqual(curve(high));
        }
      }),
    );
  });
});

describe("places", () => {
  test("a paper's place is that of its best chunk; equal scores share one", () => {
    const candidates = [hit("a#0"), hit("a#1"), hit("b#0"), hit("c#0"), hit("d#0"), hit("e#0")];
    const late = new Map(Object.entries({ "a#0": 0.1, "a#1": 0.9, "b#0": 0.5, "c#0": 0.5, "d#0": 0.2 }));
    expect(Object.fromEntries(ranksOf(candidates, late))).toEqual({ a: 1, b: 2, c: 2, d: 4 });
  });
});

describe("keyboard slips", () => {
  const unknown = () => false;
  test("Hangul typed with the Latin layout", () =>
    expect(keyboardSlip("cnfhs rkdghk", unknown)).toBe("추론 강화"));
  test("Latin typed with the Hangul layout", () =>
    expect(keyboardSlip("ㄱㄷㅁ내ㅜㅑㅜㅎ", unknown)).toBe("reasoning"));
  test("words of the index are typed on purpose", () => expect(keyboardSlip("cnfhs", () => true)).toBeNull());
  test.each(["transformer", "reasoning", "추론", "go", "GPT-4", "", "ㅌㄹㅅ"])("%s stays as it is", (typed) =>
    expect(keyboardSlip(typed, unknown)).toBeNull(),
  );
});

describe("excluded words", () => {
  test.each([
    ["게임을 하는", "게임", true],
    ["비게임", "게임", false],
    ["endgame", "game", false],
    ["Game agents", "game", true],
    ["long context model", "long context", true],
  ])("%s holds %s: %s", (text, word, holds) => expect(holdsWord(text, word)).toBe(holds));
});

describe("words found", () => {
  test("counts telling words, whatever their particles", () => {
    expect(shareOfWords("강화학습으로 추론을 배운다", "추론에서의 강화학습 방법")).toBe(1);
    expect(shareOfWords("강화학습으로 배운다", "추론 강화학습")).toBe(0.5);
    expect(shareOfWords("무엇이든", "the of")).toBe(0);
  });
});

describe("bounded cache", () => {
  test("forgets what was used longest ago", () => {
    const cache = createBoundedCache<number>(2);
    cache.set("a", 1);
    cache.set("b", 2);
    cache.get("a");
    cache.set("c", 3);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
  });
  test("never holds more than its size", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(9))), (sets) => {
        const cache = createBoundedCache<number>(10, (value) => value);
        for (const [key, value] of sets) {
          cache.set(`${key}`, value);
          expect(cache.size).toBeLessThanOrEqual(10);
        }
      }),
    );
  });
});
