/** What every embedder promises. Each adapter runs this suite: `describeEmbedder("name", () => open())`. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Embedding, TokenVectors } from "../model/chunk.ts";
import { Failure } from "../model/failure.ts";
import type { Embedder } from "./embedder.ts";

const texts = [
  "그림을 그리며 추론하는 모델",
  "Latent Sketchpad: 생각하면서 시각적 잠재 표현을 만드는 멀티모달 모델을 제안합니다. Microsoft의 연구입니다.",
  "짧다",
  "ＡＴＬＡＳ ①: scaling laws for 다국어 pre-training",
];

export function describeEmbedder(name: string, make: () => Promise<Embedder>): void {
  describe(`${name} as an embedder`, () => {
    let embedder: Embedder;
    beforeAll(async () => {
      embedder = await make();
    });
    afterAll(() => embedder.close());

    vectors(() => embedder);
    tokens(() => embedder);
    limits(() => embedder);

    it("can't be used once it is closed", async () => {
      const other = await make();
      await other.embed(["논문"], "query");
      await other.close();
      await expect(other.embed(["논문"], "query")).rejects.toMatchObject({ code: "model-broken" });
      await other.close();
    });
  });
}

function vectors(embedder: () => Embedder): void {
  it("gives one vector of length 1 and of the model's dimensions for each text", async () => {
    const made = await embedder().embed(texts, "passage");
    expect(made).toHaveLength(texts.length);
    for (const { vector } of made) {
      expect(vector).toHaveLength(embedder().profile.dimensions);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it("keeps the order of the texts, however it batches them, and gives a text the same vector in any company", async () => {
    const together = await embedder().embed(texts, "passage");
    for (const [i, text] of texts.entries()) {
      const alone = one(await embedder().embed([text], "passage"));
      expect(dot(alone.vector, vectorAt(together, i))).toBeGreaterThan(0.999);
    }
  });

  it("gives the same bytes for the same texts", async () => {
    const [first, second] = [await embedder().embed(texts, "query"), await embedder().embed(texts, "query")];
    expect(second).toEqual(first);
  });

  it("tells a query from a passage, and both lie near each other", async () => {
    const query = one(await embedder().embed(["시각적 추론"], "query")).vector;
    const passage = one(await embedder().embed(["시각적 추론"], "passage")).vector;
    expect(query).not.toEqual(passage);
    expect(dot(query, passage)).toBeGreaterThan(0.8);
  });

  it("puts a text nearer to one that shares its words than to one that does not", async () => {
    const query = one(await embedder().embed(["강화학습으로 추론 학습"], "query")).vector;
    const [near, far] = await embedder().embed(
      ["추론 모델을 강화학습으로 학습한다", "로봇 팔로 물건을 집는다"],
      "passage",
    );
    expect(dot(query, near?.vector)).toBeGreaterThan(dot(query, far?.vector));
  });

  it("tells how many texts were embedded, up to all of them", async () => {
    const told: number[] = [];
    await embedder().embed(texts, "passage", { onEmbedded: (count) => told.push(count) });
    expect(told.every((count) => count > 0)).toBe(true);
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(texts.length);
  });

  it("gives nothing for nothing", async () => {
    expect(await embedder().embed([], "passage")).toEqual([]);
  });
}

function tokens(embedder: () => Embedder): void {
  it("gives token vectors of length 1 whose offsets run through the text as it was written", async () => {
    const made = await embedder().embed(texts, "passage");
    for (const [i, text] of texts.entries()) {
      const found = made[i]?.tokens;
      if (found === undefined || found === null) continue;
      expect(found.count).toBe(embedder().countTokens(text));
      expect(found.ids).toHaveLength(found.count);
      expect(found.values).toHaveLength(found.count * found.dimensions);
      expect(lengths(found).every((length) => Math.abs(length - 1) < 0.02)).toBe(true);
      expect(spans(found).every(([start, end]) => start <= end && end <= text.length)).toBe(true);
      expect(covered(text, found)).toBe(text.replace(/\s+/gu, ""));
    }
  });

  it("counts no tokens in an empty text, and more in a longer one", () => {
    expect(embedder().countTokens("")).toBe(0);
    expect(embedder().countTokens(" \n")).toBe(0);
    const [one, many] = ["추론", "추론 모델을 학습한다"].map((text) => embedder().countTokens(text));
    expect(one).toBeGreaterThan(0);
    expect(many).toBeGreaterThan(one ?? 0);
  });
}

function limits(embedder: () => Embedder): void {
  it("embeds an empty text, without tokens", async () => {
    const made = one(await embedder().embed([""], "passage"));
    expect(dot(made.vector, made.vector)).toBeCloseTo(1, 5);
    expect(made.tokens?.count ?? 0).toBe(0);
  });

  it("truncates a huge text at the model's limit", async () => {
    const text = "논문 reasoning ".repeat(20_000);
    const made = one(await embedder().embed([text], "passage"));
    const shorter = one(await embedder().embed([text.slice(0, 100_000)], "passage"));
    expect(made.tokens?.count ?? 0).toBeLessThan(embedder().profile.maxTokens);
    expect(made).toEqual(shorter);
  });

  it("embeds a text of one endless word", async () => {
    const made = one(await embedder().embed(["가나다라abc".repeat(5_000)], "passage"));
    expect(dot(made.vector, made.vector)).toBeCloseTo(1, 5);
  });

  it("stops with `cancelled` when its signal is aborted", async () => {
    const before = AbortSignal.abort(new Error("changed my mind"));
    const refused = await embedder()
      .embed(texts, "passage", { signal: before })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Failure);
    expect(refused).toMatchObject({ code: "cancelled" });
    const during = new AbortController();
    const work = embedder().embed(Array(64).fill(texts[1]), "passage", { signal: during.signal });
    during.abort();
    await expect(work).rejects.toMatchObject({ code: "cancelled" });
    expect(await embedder().embed(["그 뒤에도 된다"], "query")).toHaveLength(1);
  });
}

function one(made: readonly Embedding[]): Embedding {
  const [first] = made;
  if (first === undefined) throw new Error("The embedder gave nothing.");
  return first;
}

function vectorAt(made: readonly Embedding[], place: number): Float32Array | undefined {
  return made[place]?.vector;
}

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (a === undefined || b === undefined) return Number.NaN;
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
}

function lengths({ count, dimensions, values, scale }: TokenVectors): readonly number[] {
  return Array.from({ length: count }, (_, row) => {
    const components = values.subarray(row * dimensions, (row + 1) * dimensions);
    return scale * Math.sqrt(components.reduce((sum, value) => sum + value * value, 0));
  });
}

function spans({ count, offsets }: TokenVectors): readonly (readonly [number, number])[] {
  return Array.from({ length: count }, (_, i) => [offsets[2 * i] ?? -1, offsets[2 * i + 1] ?? -1] as const);
}

/** The characters that some token stands for, in order, without blanks. */
function covered(text: string, found: TokenVectors): string {
  const marked = new Set(
    spans(found).flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i)),
  );
  return [...marked]
    .sort((a, b) => a - b)
    .map((i) => text[i])
    .join("")
    .replace(/\s+/gu, "");
}
