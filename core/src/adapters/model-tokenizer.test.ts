/** Tests of the tokenizer: the same ids as the library's own, and places that hold for any text that people write. */
import { readFile } from "node:fs/promises";
import { Tokenizer } from "@huggingface/tokenizers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createModelTokenizer, type ModelTokenizer } from "./model-tokenizer.ts";

const folder = new URL("../../../data/models/nonmun-e5-small-ko-en/", import.meta.url);
let tokenizer: ModelTokenizer;
let reference: { encode(text: string): { ids: number[]; tokens: string[] } };

beforeAll(async () => {
  const json = JSON.parse(await readFile(new URL("tokenizer.json", folder), "utf8"));
  const config = JSON.parse(await readFile(new URL("tokenizer_config.json", folder), "utf8"));
  tokenizer = createModelTokenizer(json, config);
  reference = new Tokenizer(json, config);
});

/** Pieces of `text` as they stand in it. */
function pieces(text: string, prefix = "passage: "): readonly string[] {
  const { from, to, offsets } = tokenizer.encode(prefix, text, 512);
  return Array.from({ length: to - from }, (_, i) => text.slice(offsets[2 * i], offsets[2 * i + 1]));
}

/** Text as it comes: Korean composed and not, full-width, half-width, emoji, marks, long blanks, English. */
const written = fc
  .array(
    fc.oneof(
      fc.constantFrom("강화학습", "그림을 그리며", "논문에서의", "가", "각", "ㄱ", "ㅋㅋㅋ", "ㅏ"),
      fc.constantFrom("한글".normalize("NFD"), "각".normalize("NFD"), "é".normalize("NFD"), "ᆨ", "ᅡ", "ᄀ"),
      fc.constantFrom("ＦＵＬＬ", "ｗｉｄｔｈ：", "ﾊﾝｶﾞｸ", "ﾞ", "ﾡﾢ", "①", "㎏", "ﬁ", "㈜", "½", "…"),
      fc.constantFrom("🤖", "👩‍🔬", "🇰🇷", "❤️", "𝔘", "𝟙", "\u{1F468}\u{1F3FD}"),
      fc.constantFrom(" ", "   ", "\n\n", "\t", "\u00a0", "\u3000", "\u200b", "\u00a8", "\u00b4", "\ufeff"),
      fc.constantFrom("reasoning", "LLM", "GPT-4o", "(RL)", "π₀.₅", "x²", "▁", "a▁b", "</s>", "<s>", "<unk>"),
      fc.string({ unit: "grapheme", maxLength: 6 }),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("ids", () => {
  it.each([
    "강화학습으로 추론을 가르친다 (RL)",
    "Latent Sketchpad: Sketching Visual Thoughts",
    "  ＡＴＬＡＳ   다국어 ①㎏ ",
    "한글".normalize("NFD"),
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🤖🤖 ꧁꧂ mixed",
    "a▁b",
    "",
  ])("are those of the library for %j", (text) => {
    const { ids } = tokenizer.encode("query: ", text, 512);
    expect(ids).toEqual(reference.encode(`query: ${text}`).ids);
  });

  it("of a special token that somebody typed are the library's too, and it has a place like any other", () => {
    expect(tokenizer.encode("query: ", "a </s> b", 512).ids).toEqual(reference.encode("query: a </s> b").ids);
    expect(pieces("a </s> b").filter((piece) => piece.trim() !== "")).toEqual(["a", "</s>", "b"]);
  });

  it("are cut at the limit, with the closing token kept", () => {
    const { ids, from, to, offsets } = tokenizer.encode("query: ", "추론 ".repeat(50), 20);
    expect(ids).toHaveLength(20);
    expect([ids[0], ids.at(-1)]).toEqual([0, 2]);
    expect([from, to, offsets.length]).toEqual([4, 19, 30]);
  });

  it("of a long text don't depend on what is beyond the limit", () => {
    const long = "강화학습 reasoning \n\n".repeat(10_000);
    expect(tokenizer.encode("passage: ", long, 512)).toEqual(
      tokenizer.encode("passage: ", long.slice(0, 9000), 512),
    );
    const blanks = `처음${" ".repeat(50_000)}끝`;
    expect(tokenizer.encode("", blanks, 512).ids).toEqual(tokenizer.encode("", "처음 끝", 512).ids);
  });
});

describe("places", () => {
  it.each<[string, readonly string[]]>([
    ["강화학습으로", ["강화", "학습", "으로"]],
    ["ＲＬ  추론", ["ＲＬ", "추", "론"]],
    ["각".normalize("NFD"), ["각".normalize("NFD")]],
    ["🤖 그림", ["🤖", "그림"]],
    ["x\u3000\n\ny", ["x", "y"]],
  ])("of %j are those of its pieces", (text, expected) => {
    expect(pieces(text).filter((piece) => piece.trim() !== "")).toEqual(expected);
  });

  it("are in order, cut no surrogate pair and cover all that is not blank", () => {
    fc.assert(
      fc.property(written, (text) => {
        const { from, to, offsets } = tokenizer.encode("passage: ", text, 100_000);
        let reached = 0;
        for (let i = 0; i < to - from; i++) {
          const [start = -1, end = -1] = [offsets[2 * i], offsets[2 * i + 1]];
          expect(start).toBeLessThanOrEqual(end);
          expect(start).toBeGreaterThanOrEqual(i === 0 ? 0 : (offsets[2 * i - 2] ?? 0));
          expect(text.slice(reached, Math.max(reached, start)).trim()).toBe("");
          for (const edge of [start, end]) expect(cutsPair(text, edge)).toBe(false);
          reached = Math.max(reached, end);
        }
        expect(text.slice(reached).trim()).toBe("");
      }),
      { numRuns: 1000 },
    );
  });

  it("hold the piece itself: what stands there normalises to what the model was given", () => {
    fc.assert(
      fc.property(written, (text) => {
        const { from, ids, offsets } = tokenizer.encode("", text, 100_000);
        const vocabulary = reference.encode(text).tokens;
        // The library begins a new text after such a sign, so its ids are not comparable.
        if (/<\/?s>|<unk>|<pad>/u.test(text)) return;
        for (let i = 0; i < offsets.length / 2; i++) {
          if (ids[from + i] === 3) continue;
          const there = text
            .slice(offsets[2 * i], offsets[2 * i + 1])
            .normalize("NFKC")
            .replace(/\s+/gu, " ")
            .trim();
          const piece = (vocabulary[from + i] ?? "").replaceAll("▁", " ").trim();
          expect(there).toContain(piece);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("count", () => {
  it("is the number of the text's own tokens", () => {
    fc.assert(
      fc.property(written, (text) => {
        const { from, to } = tokenizer.encode("passage: ", text, 100_000);
        expect(Math.abs(tokenizer.count(text) - (to - from))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});

function cutsPair(text: string, at: number): boolean {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
