/** Suggestions while a name is being typed, also by initials and in the other keyboard layout. */
import { describe, expect, test } from "vitest";
import { createHashEmbedder } from "../adapters/hash-embedder.ts";
import { parseGlossary } from "./glossary.ts";
import { sampleSnapshot } from "./sample-index.ts";
import { atOnce } from "./slices.ts";
import { suggestionSlices, suggestionsFor } from "./suggest.ts";

async function suggest(typed: string, limit = 10) {
  const snapshot = await sampleSnapshot(
    [
      { slug: "sketchpad", title: "Latent Sketchpad", orgs: ["microsoft"], tags: ["멀티모달"] },
      {
        slug: "latent",
        title: "Latent Reasoning with Transformers",
        orgs: ["microsoft"],
        tags: ["멀티모달"],
      },
      { slug: "korean", title: "한국어 추론 모델", orgs: ["카카오"] },
    ],
    createHashEmbedder(),
  );
  const index = atOnce(
    suggestionSlices(await snapshot.catalogue(), parseGlossary(["트랜스포머|transformer", "잠재|latent"])),
  );
  return suggestionsFor(typed, index, limit).map(({ kind, text }) => `${kind} ${text}`);
}

describe("suggestions", () => {
  test("titles, orgs and terms that begin as typed", async () => {
    expect(await suggest("latent sk")).toEqual(["title Latent Sketchpad"]);
    expect(await suggest("MICRO")).toEqual(["org microsoft"]);
    expect((await suggest("laten"))[0]).toBe("term latent");
  });
  test("words inside a title count from their beginning", async () => {
    expect(await suggest("sketch")).toEqual(["title Latent Sketchpad"]);
  });
  test("Hangul initials find Hangul", async () => {
    expect(await suggest("ㅊㄹ")).toEqual(["title 한국어 추론 모델"]);
    expect(await suggest("ㅋㅋㅇ")).toEqual(["org 카카오"]);
    expect(await suggest("ㅁㅌㅁㄷ")).toEqual(["term 멀티모달"]);
  });
  test("a term of the corpus is offered in Korean too", async () => {
    expect(await suggest("잠재")).toEqual(["term 잠재"]);
  });
  test("decomposed and full-width input are the same", async () => {
    expect(await suggest("추론".normalize("NFD"))).toEqual(await suggest("추론"));
    expect(await suggest("ｌａｔｅｎ")).toEqual(await suggest("laten"));
  });
  test("nothing typed, nothing offered; never more than asked for", async () => {
    expect(await suggest(" ")).toEqual([]);
    expect(await suggest("l", 1)).toHaveLength(1);
  });
  test("links lead to the paper or to the search", async () => {
    const snapshot = await sampleSnapshot(
      [{ slug: "a b", title: "가나", orgs: ["x y"] }],
      createHashEmbedder(),
    );
    const index = atOnce(suggestionSlices(await snapshot.catalogue(), parseGlossary([])));
    expect(suggestionsFor("가", index, 1)[0]?.href).toBe("/papers/a%20b");
    expect(suggestionsFor("x", index, 1)[0]?.href).toBe("/?org=x%20y");
  });
});
