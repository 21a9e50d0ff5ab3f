/** The part of the contract of index stores about what one snapshot answers. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StorePlace } from "./index-store.contract.ts";
import { postEntry, publishOptions, recipe, vectorAt } from "./index-store.fixtures.ts";
import type { Filter, IndexStore, PostEntry, Snapshot } from "./index-store.ts";

const image = { id: "00ff.png", mediaType: "image/png", bytes: Uint8Array.of(0, 255, 39) };
const hostile = `it's "한글" \\ %_; DROP TABLE chunks -- \u0000\n`;

const entries: readonly PostEntry[] = [
  postEntry({
    path: "2025/그림.mdx",
    title: "Latent Sketchpad",
    texts: ["그림을 그리며 추론한다", "Visual latent reasoning helps"],
    degrees: [0, 40],
    orgs: ["microsoft", "서울대"],
    tags: ["멀티모달"],
    date: "2025-10-29",
    arxivId: "2510.24514",
    tokenIds: [
      [5, 5, 9],
      [9, 11],
    ],
    assets: [image],
  }),
  postEntry({
    path: "강화학습.md",
    title: "보상 모델",
    texts: ["강화학습에서의 보상"],
    degrees: [90],
    orgs: ["google"],
    tags: ["rl"],
    date: "2025-11-02",
  }),
  postEntry({
    path: "notes.md",
    title: "Notes",
    texts: ["요약"],
    degrees: [180],
    orgs: [hostile],
    tags: [hostile],
    kind: "note",
    tokenIds: null,
  }),
];

export function describeReading(makePlace: () => Promise<StorePlace>): void {
  const opened: { place?: StorePlace; store?: IndexStore; snapshot?: Snapshot } = {};
  beforeAll(async () => {
    opened.place = await makePlace();
    opened.store = await opened.place.open();
    const writer = await opened.store.writer(recipe);
    await writer.write({ put: entries, remove: [] });
    await writer.publish({
      ...publishOptions,
      artifacts: async () => ({ "map-layout": Uint8Array.of(1, 0, 2) }),
    });
    await writer.close();
    const snapshot = await opened.store.open(recipe);
    if (snapshot !== null) opened.snapshot = snapshot;
  });
  afterAll(async () => {
    await opened.snapshot?.close();
    await opened.store?.close();
    await opened.place?.remove();
  });
  const snapshot = (): Snapshot => {
    if (opened.snapshot === undefined) throw new Error("nothing was published");
    return opened.snapshot;
  };
  describe("search", () => describeSearch(snapshot));
  describe("filters", () => describeFilters(snapshot));
  describe("rows", () => describeRows(snapshot));
}

function describeSearch(snapshot: () => Snapshot): void {
  const match = async (text: string): Promise<readonly string[]> =>
    (await snapshot().match(text, { limit: 10 })).map((hit) => hit.paperId);

  it("ranks chunks by cosine, best first, and says the cosine", async () => {
    const hits = await snapshot().nearest(vectorAt(10), { limit: 3 });
    expect(hits.map((hit) => hit.chunkId)).toEqual([
      "2025/그림/paper#0",
      "2025/그림/paper#1",
      "강화학습/paper#0",
    ]);
    expect(hits[0]?.paperId).toBe("2025/그림/paper");
    expect(hits[0]?.score).toBeCloseTo(Math.cos((10 * Math.PI) / 180), 5);
  });

  it("finds a two-syllable word inside an inflected one", async () => {
    expect((await match("보상"))[0]).toBe("강화학습/paper");
    expect((await match("추론"))[0]).toBe("2025/그림/paper");
  });

  it("finds a paper by its title, org and arXiv id, whatever their case", async () => {
    expect((await match("SKETCHPAD"))[0]).toBe("2025/그림/paper");
    expect((await match("Microsoft"))[0]).toBe("2025/그림/paper");
    expect((await match("2510.24514"))[0]).toBe("2025/그림/paper");
  });

  it("ranks by BM25: scores are positive, fall, and the rarer match comes first", async () => {
    const hits = await snapshot().match("강화학습 reasoning helps", { limit: 10 });
    expect(hits.length).toBeGreaterThanOrEqual(2);
    expect(hits.every((hit) => hit.score > 0)).toBe(true);
    const scores = hits.map((hit) => hit.score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it("finds nothing for a text without an n-gram, and takes operators as plain text", async () => {
    expect(await match("")).toEqual([]);
    expect(await match("가")).toEqual([]);
    expect((await match(`"보상" AND (강화* OR -x) ' ; \\`))[0]).toBe("강화학습/paper");
  });

  it("answers a pasted text of 100,000 characters", async () => {
    expect((await match("강화학습에서의 보상 ".repeat(10_000)))[0]).toBe("강화학습/paper");
  });

  it("finds every chunk that may hold a phrase, also cut short at its ends, and no other", async () => {
    const holding = async (phrase: string, filter: Filter = {}): Promise<readonly string[]> =>
      (await snapshot().holding(phrase, { filter })).map((hit) => hit.chunkId).sort();
    expect(await holding("추론한")).toEqual(["2025/그림/paper#0"]);
    expect(await holding("VISUAL latent")).toEqual(["2025/그림/paper#1"]);
    expect(await holding("al latent reason")).toEqual(["2025/그림/paper#1"]);
    expect(await holding("latent sketch")).toEqual(["2025/그림/paper#0", "2025/그림/paper#1"]);
    expect(await holding("latent sketch", { orgs: ["google"] })).toEqual([]);
    expect(await holding("강화학습 reasoning")).toEqual([]);
    expect(await holding("a")).toEqual([]);
  });

  it("keeps to the limit", async () => {
    expect(await snapshot().nearest(vectorAt(0), { limit: 1 })).toHaveLength(1);
    expect(await snapshot().match("추론 reasoning 보상", { limit: 1 })).toHaveLength(1);
  });
}

function describeFilters(snapshot: () => Snapshot): void {
  const found = async (filter: Filter): Promise<readonly string[]> => {
    const hits = await snapshot().nearest(vectorAt(0), { limit: 10, filter });
    return [...new Set(hits.map((hit) => hit.paperId))].sort();
  };
  const cases: readonly (readonly [string, Filter, readonly string[]])[] = [
    ["one org, in any case", { orgs: ["Microsoft"] }, ["2025/그림/paper"]],
    ["any of several orgs", { orgs: ["google", "서울대"] }, ["2025/그림/paper", "강화학습/paper"]],
    ["a decomposed Korean org", { orgs: ["서울대".normalize("NFD")] }, ["2025/그림/paper"]],
    ["org and tag together", { orgs: ["google"], tags: ["멀티모달"] }, []],
    ["a tag", { tags: ["RL"] }, ["강화학습/paper"]],
    ["a post by its path", { post: "2025/그림.mdx" }, ["2025/그림/paper"]],
    ["a post without its extension", { post: "강화학습" }, ["강화학습/paper"]],
    ["the first day, included", { from: "2025-11-02" }, ["강화학습/paper"]],
    ["the last day, included", { to: "2025-10-29" }, ["2025/그림/paper"]],
    ["an org that is an attack", { orgs: [hostile] }, ["notes/paper"]],
    ["a tag that is an attack", { tags: [hostile] }, ["notes/paper"]],
    ["an org that nobody has", { orgs: ["' OR '1'='1"] }, []],
    ["no condition at all", { orgs: [], tags: [] }, ["2025/그림/paper", "notes/paper", "강화학습/paper"]],
  ];
  for (const [name, filter, expected] of cases) {
    it(`narrows by ${name}`, async () => expect(await found(filter)).toEqual(expected));
  }

  it("narrows lexical search before the limit is applied", async () => {
    const hits = await snapshot().match("추론 보상", { limit: 1, filter: { orgs: ["google"] } });
    expect(hits.map((hit) => hit.paperId)).toEqual(["강화학습/paper"]);
  });

  it("takes any string as a value: none matches by accident, none is an error", async () => {
    const anything = fc.string({ unit: "binary", minLength: 1 }).map((text) => `${text}'`);
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        expect(await found({ orgs: [text] })).toEqual([]);
        expect(await found({ post: text, tags: [text] })).toEqual([]);
        expect(await found({ from: text, to: text })).toEqual([]);
        expect(await snapshot().chunks([text])).toEqual([]);
        expect(await snapshot().paper(text)).toBeNull();
      }),
      { numRuns: 30 },
    );
  });
}

function describeRows(snapshot: () => Snapshot): void {
  it("returns chunks as they were written, in the order asked, without those that don't exist", async () => {
    const ids = ["강화학습/paper#0", "nowhere#0", "2025/그림/paper#1"];
    expect(await snapshot().chunks(ids)).toEqual([entries[1]?.chunks[0], entries[0]?.chunks[1]]);
    expect(await snapshot().chunks([])).toEqual([]);
  });

  it("returns the chunks of papers by paper and ordinal", async () => {
    const chunks = await snapshot().chunksOf(["강화학습/paper", "2025/그림/paper"]);
    expect(chunks.map((chunk) => chunk.id)).toEqual([
      "2025/그림/paper#0",
      "2025/그림/paper#1",
      "강화학습/paper#0",
    ]);
    expect(await snapshot().chunksOf([])).toEqual([]);
  });

  it("returns token vectors bit by bit, twice the same, and none for a chunk without", async () => {
    for (const _ of [1, 2]) {
      const tokens = await snapshot().tokens(["2025/그림/paper#0", "notes/paper#0", "nowhere#0"]);
      expect([...tokens.keys()]).toEqual(["2025/그림/paper#0"]);
      expect(tokens.get("2025/그림/paper#0")).toEqual(entries[0]?.embeddings[0]?.tokens);
    }
  });

  it("returns pooled vectors", async () => {
    const vectors = await snapshot().vectors(["강화학습/paper#0", "nowhere#0"]);
    expect([...vectors]).toEqual([["강화학습/paper#0", entries[1]?.embeddings[0]?.vector]]);
  });

  it("lists papers newest first, those without a date last, without their text", async () => {
    const cards = await snapshot().catalogue();
    expect(cards.map((card) => card.id)).toEqual(["강화학습/paper", "2025/그림/paper", "notes/paper"]);
    expect(cards[1]).toMatchObject({
      title: "Latent Sketchpad",
      orgs: ["microsoft", "서울대"],
      arxivId: "2510.24514",
    });
    expect(cards[1]).not.toHaveProperty("html");
  });

  it("returns whole papers and posts as they were written", async () => {
    expect(await snapshot().paper("2025/그림/paper")).toEqual(entries[0]?.papers[0]);
    expect(await snapshot().paper("nowhere")).toBeNull();
    expect(await snapshot().posts()).toEqual([entries[0]?.post, entries[2]?.post, entries[1]?.post]);
  });

  it("returns assets and artifacts byte by byte", async () => {
    expect(await snapshot().asset("00ff.png")).toEqual(image);
    expect(await snapshot().asset("other.png")).toBeNull();
    expect(await snapshot().artifact("map-layout")).toEqual(Uint8Array.of(1, 0, 2));
    expect(await snapshot().artifact("other")).toBeNull();
  });

  it("counts in how many chunks each token occurs", async () => {
    expect(new Map(await snapshot().documentFrequencies())).toEqual(
      new Map([
        [5, 1],
        [9, 2],
        [11, 1],
        [1, 1],
        [7, 1],
      ]),
    );
  });

  it("says in its manifest what it holds", () => {
    expect(snapshot().manifest).toMatchObject({
      generation: 1,
      recipe,
      modelId: "test",
      complete: true,
      counts: { posts: 3, papers: 2, notes: 1, chunks: 4 },
      lastRun: publishOptions.lastRun,
    });
    expect(Date.parse(snapshot().manifest.createdAt)).not.toBeNaN();
  });
}
