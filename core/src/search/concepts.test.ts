/** Which concepts a query describes, how they change a score, and that they change nothing from afar. */
import { describe, expect, test } from "vitest";
import { createPlainSimilarity } from "../adapters/plain-similarity.ts";
import type { TokenVectors } from "../model/chunk.ts";
import { createConceptFinder, storedMean } from "./concepts.ts";
import { lateScore, planQuery, scaled, withConcepts } from "./late-interaction.ts";
import { parseLexicon } from "./lexicon.ts";
import type { TermVectors } from "./term-vectors.ts";

/** A token for each direction, in degrees. */
function tokensAt(...degrees: readonly number[]): TokenVectors {
  const values = degrees.flatMap((degree) => {
    const radians = (degree * Math.PI) / 180;
    return [Math.round(127 * Math.cos(radians)), Math.round(127 * Math.sin(radians))];
  });
  return {
    count: degrees.length,
    dimensions: 2,
    ids: Int32Array.from(degrees.map((_, at) => at)),
    offsets: Uint32Array.from(degrees.flatMap((_, at) => [2 * at, 2 * at + 1])),
    values: Int8Array.from(values),
    scale: 1 / 127,
  };
}

function vectorsOf(known: Readonly<Record<string, TokenVectors>>): TermVectors {
  return {
    load: async () => undefined,
    get: (term) => known[term],
    has: (term) => known[term] !== undefined,
    keep: () => undefined,
  };
}

const statistics = { documents: 10, frequencies: new Map<number, number>() };
const similarity = createPlainSimilarity();
const plan = planQuery("a b", tokensAt(0, 10), [], () => undefined, statistics);
const lexicon = parseLexicon([
  { name: "test", text: "near|근처 ;; very near / far away\nmiddle ;; some way off\nfar ;; far away" },
]);
const descriptions = {
  "very near": tokensAt(5),
  "some way off": tokensAt(62),
  "far away": tokensAt(120),
};

describe("concepts", () => {
  test("the nearest description speaks for its concept; what is far from the query is no concept of it", async () => {
    const finder = createConceptFinder(lexicon, vectorsOf(descriptions), similarity);
    const found = await finder.find(plan);
    expect(found.map(({ concept, description }) => [concept.name, description])).toEqual([
      ["near", "very near"],
      ["middle", "some way off"],
    ]);
    expect(found[0]?.closeness).toBe(1);
    expect(found[1]?.closeness).toBeGreaterThan(0);
    expect(found[1]?.closeness).toBeLessThan(1);
  });
  test("with means made beforehand a concept is found at once, and only the nearest descriptions are encoded", async () => {
    const loaded: string[] = [];
    const known: Record<string, TokenVectors> = {};
    const vectors: TermVectors = {
      load: async (texts) => {
        loaded.push(...texts);
        for (const text of texts) known[text] = tokensAt(...(text === "very near" ? [5] : [62]));
      },
      get: (text) => known[text],
      has: (text) => known[text] !== undefined,
      keep: () => undefined,
    };
    const means = new Map([
      ["very near", storedMean(tokensAt(0, 10))],
      ["some way off", storedMean(tokensAt(62))],
    ]);
    const found = await createConceptFinder(lexicon, vectors, similarity, means).find(plan);
    expect(found.map(({ concept }) => concept.name)).toEqual(["near", "middle"]);
    expect(loaded).toEqual(["very near", "some way off"]);
  });
  test("descriptions count as soon as their vectors are there", async () => {
    const known: Record<string, TokenVectors> = {};
    const finder = createConceptFinder(lexicon, vectorsOf(known), similarity);
    expect(await finder.find(plan)).toEqual([]);
    Object.assign(known, descriptions);
    expect(await finder.find(plan)).toHaveLength(2);
  });
  test("of more descriptions than are compared, the nearest means are taken, of equal ones the first", async () => {
    const degrees = new Map(Array.from({ length: 40 }, (_, at) => [`d${at}`, (at * 7) % 40] as const));
    const many = parseLexicon([
      { name: "test", text: [...degrees.keys()].map((name) => `c${name} ;; ${name}`).join("\n") },
    ]);
    const loaded: string[] = [];
    const vectors: TermVectors = {
      ...vectorsOf({}),
      load: async (texts) => {
        loaded.push(...texts);
      },
    };
    const means = new Map(
      [...degrees].map(([name, degree]) => [name, storedMean(tokensAt(10 + 4 * degree))]),
    );
    await createConceptFinder(many, vectors, similarity, means).find(plan);
    const nearest = [...degrees].toSorted((one, other) => one[1] - other[1]).map(([name]) => name);
    expect(loaded).toEqual(nearest.slice(0, loaded.length));
    expect(loaded.length).toBe(16);
  });
});

describe("a score with concepts", () => {
  const terms: Readonly<Record<string, TokenVectors>> = { near: tokensAt(90), 근처: tokensAt(95) };
  const scoreOf = async (document: TokenVectors, closeness: number) => {
    const concepts = [{ name: "near", closeness, terms: ["near", "근처", "unknown"] }];
    const withTerms = withConcepts(plan, concepts, (term) => terms[term], statistics);
    const maxima = await similarity.maxima(withTerms.rows, withTerms.count, [document]);
    return lateScore(withTerms, scaled(maxima, 0, withTerms.count, document.scale));
  };

  test("a document that has the concept's term comes before one that has not, and says by which term", async () => {
    const found = await scoreOf(tokensAt(95), 1);
    expect(found.score).toBeGreaterThan((await scoreOf(tokensAt(-95), 1)).score);
    expect(found.concept).toMatchObject({ concept: 0, reading: 1, score: expect.closeTo(1, 1) });
  });
  test("the less close the concept, the nearer is the score to that of the query's own words", async () => {
    const own = (await scoreOf(tokensAt(0), 1e-9)).score;
    const found = await Promise.all([0.1, 0.5, 1].map((closeness) => scoreOf(tokensAt(0), closeness)));
    const changes = found.map(({ score }) => Math.abs(score - own));
    expect(changes).toEqual(changes.toSorted((one, other) => one - other));
    expect(own).toBeCloseTo((1 + Math.cos((10 * Math.PI) / 180)) / 2, 1);
  });
  test("a concept none of whose terms has vectors is left out", () => {
    const none = withConcepts(plan, [{ name: "x", closeness: 1, terms: ["x"] }], () => undefined, statistics);
    expect(none.concepts).toEqual([]);
    expect(none.count).toBe(plan.count);
  });
});
