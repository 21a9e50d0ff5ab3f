/** Which equivalent terms a query brings along. */
import { describe, expect, test } from "vitest";
import { createHashEmbedder } from "../adapters/hash-embedder.ts";
import { catalogueSlices } from "./catalogue-index.ts";
import { expand } from "./expand.ts";
import { parseGlossary } from "./glossary.ts";
import { sampleSnapshot } from "./sample-index.ts";
import { atOnce } from "./slices.ts";

const glossary = parseGlossary(["추론|reasoning|inference", "모델|model"]);

async function expanded(text: string, isOrdinary?: (word: string) => boolean) {
  const papers = [
    { slug: "a", title: "LLaMA Pro" },
    { slug: "b", title: "ModernBERT", orgs: ["hugging face"] },
  ];
  const snapshot = await sampleSnapshot(papers, createHashEmbedder());
  const names = atOnce(catalogueSlices(await snapshot.catalogue()));
  const { spans, text: letters } = expand(text, glossary, names, isOrdinary);
  return { letters, spans: spans.map((span) => [text.slice(...span.range), ...span.equivalents]) };
}

describe("expansion", () => {
  test("glossary terms stand behind the query for look-ups by letters", async () => {
    expect(await expanded("추론 모델")).toEqual({
      letters: "추론 모델 reasoning inference model",
      spans: [
        ["추론", "reasoning", "inference"],
        ["모델", "model"],
      ],
    });
  });
  test("Hangul names are heard as the catalogue's Latin words, without their particle", async () => {
    expect((await expanded("라마의 추론")).spans).toEqual([
      ["라마", "llama"],
      ["추론", "reasoning", "inference"],
    ]);
    expect((await expanded("허깅페이스")).spans).toEqual([["허깅페이스", "huggingface"]]);
  });
  test("a word of everyday language names nobody, however it sounds", async () => {
    expect((await expanded("라마는 무엇인가", (word) => word.startsWith("라마"))).spans).toEqual([]);
  });
  test("a Hangul word that sounds like nothing stays as it is", async () => {
    expect(await expanded("정렬")).toEqual({ letters: "정렬", spans: [] });
  });
});
