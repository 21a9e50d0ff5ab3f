/** Orgs by their names: as the index spells them, as Koreans write them, and what only sounds like one. */
import { describe, expect, test } from "vitest";
import { createHashEmbedder } from "../adapters/hash-embedder.ts";
import { catalogueSlices } from "./catalogue-index.ts";
import { exactMatches } from "./exact.ts";
import { parseGlossary } from "./glossary.ts";
import { orgsBesideSubject } from "./org-and-subject.ts";
import { orgsNamed } from "./orgs.ts";
import { parseQuery } from "./query.ts";
import { sampleSnapshot } from "./sample-index.ts";
import { atOnce } from "./slices.ts";
import { createVocabulary } from "./vocabulary.ts";

const orgs = [
  "kaist",
  "google",
  "google deepmind",
  "microsoft",
  "microsoft corporation",
  "nvidia",
  "meta",
  "stanford",
  "stanford university",
  "tsinghua",
  "naver cloud",
  "naver cloud ai",
  "peking",
  "amazon",
  "sakana ai",
  "imperial college london",
  "upbeat labs",
  "gridmind",
];

async function index() {
  const papers = orgs.map((org, at) => ({ slug: `p${at}`, title: `Paper ${at}`, orgs: [org] }));
  const catalogue = await (await sampleSnapshot(papers, createHashEmbedder())).catalogue();
  return atOnce(catalogueSlices(catalogue, (squeezed) => squeezed === "배깅"));
}

describe("an org named alone", () => {
  test.each([
    ["KAIST", ["kaist"]],
    ["카이스트", ["kaist"]],
    ["한국과학기술원", ["kaist"]],
    ["구글", ["google"]],
    ["구글의", ["google"]],
    ["구글 논문", ["google"]],
    ["구글 딥마인드", ["google deepmind"]],
    ["마이크로소프트", ["microsoft", "microsoft corporation"]],
    ["네이버", ["naver cloud", "naver cloud ai"]],
    ["엔비디아", ["nvidia"]],
    ["메타", ["meta"]],
    ["스탠퍼드", ["stanford", "stanford university"]],
    ["스탠포드대", ["stanford", "stanford university"]],
    ["칭화대학교", ["tsinghua"]],
    ["임페리얼 칼리지 런던", ["imperial college london"]],
  ])("%s", async (typed, named) => {
    expect([...orgsNamed(typed, await index())].sort()).toEqual(named);
  });

  test("by its sound, when no list has it", async () => {
    expect(orgsNamed("그리드마인드", await index())).toEqual(["gridmind"]);
  });

  test.each(["배깅", "추론", "저장", "메타 학습", "구글 검색", "스탠", ""])("%j names none", async (typed) =>
    expect(orgsNamed(typed, await index())).toEqual([]),
  );

  test("puts all its papers first by the same rule as its Latin name", async () => {
    const names = await index();
    const orgs = (typed: string) =>
      exactMatches(parseQuery(typed), names).filter(({ rule }) => rule === "org");
    expect(orgs("구글")).toEqual([{ paperId: "p1", rule: "org", matched: "google", strength: 0.6 }]);
    expect(orgs("구글")).toEqual(orgs("google"));
  });
});

describe("an org beside a subject", () => {
  const known = async () => ({
    names: await index(),
    glossary: parseGlossary(["메타 학습 | meta-learning", "추론 | reasoning"]),
    vocabulary: createVocabulary(["meta-learning", "reasoning"]),
    everyday: createVocabulary(["many models together"]),
  });
  test.each([
    ["google reasoning", ["google"]],
    ["reasoning by Google DeepMind", ["google deepmind"]],
    ["카이스트 추론", ["kaist"]],
    ["구글의 언어 모델 논문", ["google"]],
    ["Stanford agents", ["stanford"]],
    ["google", []],
    ["구글 논문", []],
    ["메타 학습", []],
    ["meta-learning", []],
    ["meta reasoning", []],
    ["university reasoning", []],
    ["추론 방법", []],
    ["", []],
  ])("%j names %j", async (typed, orgs) => {
    expect(orgsBesideSubject(typed, await known()).flatMap((name) => name.orgs)).toEqual(orgs);
  });
});
